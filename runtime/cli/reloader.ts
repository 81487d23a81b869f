import { layoutChanges } from "../ops/code-layout.js";
import type { ReloadCounts } from "../ops/fleet-operations.js";
import { WorkerGoneError, WorkerRequestError } from "../ops/worker-process.js";
import type { CodeVersion, RequestKind, WorkerReady, WorkerRequests } from "../ops/worker-requests.js";
import type { Log } from "../server/log.js";
import type { CodeVersions } from "./code-versions.js";
import { describeFailure } from "./failure.js";
import { checkCode } from "./scratch-process.js";

/** A process whose code is exchanged. */
export interface CodeHolder {
  readonly slot: number;
  readonly ready: WorkerReady | undefined;
  ask<K extends RequestKind>(
    kind: K,
    request: WorkerRequests[K]["request"],
    timeoutMs: number,
  ): Promise<WorkerRequests[K]["answer"]>;
  nowServes(version: number): void;
  kill(signal: NodeJS.Signals): void;
}

export interface ReloaderOptions {
  readonly versions: CodeVersions;
  readonly first: CodeVersion;
  /** Whether several processes share the data: a new layout needs `hetu upgrade` then. */
  readonly shared: boolean;
  /** The processes that serve. */
  readonly serving: () => readonly CodeHolder[];
  /** Whether others are about to, which may still read the files of the code. */
  readonly starting: () => boolean;
  readonly log: Log;
}

/** Milliseconds for loading code in a worker. */
const PREPARE_WITHIN = 30_000;
/** Milliseconds for exchanging it: running calls end, live queries are handed over. */
const SWAP_WITHIN = 120_000;
/** Milliseconds for what the old code does in the end. */
const SETTLE_WITHIN = 60_000;

/** What a process serves that has not said so. */
const UNKNOWN = -1;

/** The new code cannot take the place of the old one while it is served. */
class ReloadRefusedError extends Error {
  override readonly name = "ReloadRefusedError";
}

/**
 * Exchanges the code of all workers: bundled once, loaded in a process that is thrown away, prepared by all, and only
 * then served by all. Whatever goes wrong before the end leaves the old code serving everywhere.
 */
export class Reloader {
  readonly #options: ReloaderOptions;
  #current: CodeVersion;
  #due = false;
  /** A worker died in the middle of the last exchange, which is done once more for that. */
  #repeating = false;
  #working = false;
  #done = 0;
  #failed = 0;

  constructor(options: ReloaderOptions) {
    this.#options = options;
    this.#current = options.first;
  }

  /** What a worker that starts now is to serve. */
  get current(): CodeVersion {
    return this.#current;
  }

  get counts(): ReloadCounts {
    return { version: this.#current.number, done: this.#done, failed: this.#failed };
  }

  /** Takes the code as it is on the disk; what is asked for meanwhile is one more exchange. */
  request(): void {
    this.#due = true;
    this.#repeating = false;
    void this.#work();
  }

  /** A worker has begun to serve: it may have started before the code was exchanged. */
  served(): void {
    void this.#work();
  }

  async #work(): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    try {
      await this.#bringUp();
      while (this.#due && this.#options.serving().length > 0) {
        this.#due = false;
        await this.#reload();
        await this.#bringUp();
      }
      await this.#deleteOld();
    } catch (error) {
      this.#options.log.error({ err: error }, "the code could not be exchanged");
    } finally {
      this.#working = false;
    }
  }

  async #reload(): Promise<void> {
    const { log, versions, serving } = this.#options;
    const began = performance.now();
    let next: CodeVersion | undefined;
    try {
      next = await versions.build();
      if (next === undefined) {
        log.info({ version: this.#current.number }, "SIGHUP: the code is the one that runs");
        return;
      }
      await this.#check(next);
      await this.#all("prepare", next, PREPARE_WITHIN);
      await this.#exchange(next);
    } catch (error) {
      await this.#bringUp(next);
      if (next !== undefined) await versions.discard(next);
      if (error instanceof WorkerGoneError && !this.#repeating) {
        // The others are well; where there are none, it is done when one serves again.
        this.#repeating = true;
        this.#due = true;
        log.warn(
          { version: this.#current.number },
          `SIGHUP is done once more, since a worker ended in the middle of it: ${textOf(error)}`,
        );
        return;
      }
      this.#repeating = false;
      this.#failed++;
      log.error({ version: this.#current.number }, `SIGHUP: ${textOf(error)}; the old code goes on`);
      return;
    }
    this.#done++;
    this.#repeating = false;
    await this.#settle(serving());
    await this.#deleteOld();
    const ms = Math.round(performance.now() - began);
    log.info({ version: next.number, workers: serving().length, ms }, "SIGHUP: the new code runs");
  }

  async #check(next: CodeVersion): Promise<void> {
    const layouts = await checkCode(next);
    const [holder] = this.#options.serving();
    if (holder === undefined) throw new ReloadRefusedError("no worker serves");
    const current = await holder.ask("layouts", undefined, PREPARE_WITHIN);
    const names = current.map(({ instance }) => instance);
    const stranger = layouts.find(({ instance }) => !names.includes(instance));
    if (stranger !== undefined) {
      throw new ReloadRefusedError(
        `the new code is of ${stranger.instance}, but ${names.join(", ")} is served; restart the server to serve another namespace`,
      );
    }
    if (!this.#options.shared) return;
    const changes = layoutChanges(current, layouts);
    if (changes.length === 0) return;
    throw new ReloadRefusedError(
      "the schema stores its tables in another way, which running servers cannot change:\n" +
        changes.map((change) => `  - ${change}`).join("\n") +
        "\nstop all servers of this store, run hetu upgrade with the new code, and start them again",
    );
  }

  /** Workers that start from here on have the new code; one that dies meanwhile is replaced by such a one. */
  async #exchange(next: CodeVersion): Promise<void> {
    const before = this.#current;
    this.#current = next;
    try {
      await this.#all("swap", next.number, SWAP_WITHIN);
    } catch (error) {
      this.#current = before;
      throw error;
    }
    for (const holder of this.#options.serving()) {
      if (holder.ready !== undefined && holder.ready.version === before.number) await this.#bring(holder);
    }
  }

  /** @throws what the first of them failed with; those that have died have not failed. */
  async #all<K extends "prepare" | "swap">(
    kind: K,
    request: WorkerRequests[K]["request"],
    timeoutMs: number,
  ): Promise<void> {
    const outcomes = await Promise.allSettled(
      this.#options.serving().map(async (holder) => {
        try {
          await holder.ask(kind, request, timeoutMs);
          if (typeof request === "number") holder.nowServes(request);
        } catch (error) {
          // It may still do it; what it serves is put right by the one who hears of this.
          if (kind === "swap") holder.nowServes(UNKNOWN);
          throw error;
        }
      }),
    );
    for (const outcome of outcomes) {
      if (outcome.status === "rejected" && (kind === "prepare" || !(outcome.reason instanceof WorkerGoneError)))
        throw outcome.reason;
    }
  }

  /** Every worker that serves gets the present code, and forgets what was prepared. */
  async #bringUp(failed?: CodeVersion): Promise<void> {
    const holders = this.#options.serving();
    const others = holders.filter(({ ready }) => ready?.version !== this.#current.number);
    await Promise.all(others.map((holder) => this.#bring(holder)));
    if (failed !== undefined) await this.#settle(holders.filter((holder) => !others.includes(holder)));
  }

  /** A worker that starts may be about to read the files of a version that is not served any more. */
  async #deleteOld(): Promise<void> {
    if (!this.#options.starting()) await this.#options.versions.keep(this.#current);
  }

  /** One that cannot is replaced by one that can. */
  async #bring(holder: CodeHolder): Promise<void> {
    const { number } = this.#current;
    try {
      await holder.ask("prepare", this.#current, PREPARE_WITHIN);
      await holder.ask("swap", number, SWAP_WITHIN);
      holder.nowServes(number);
      await holder.ask("settle", number, SETTLE_WITHIN);
    } catch (error) {
      if (error instanceof WorkerGoneError) return;
      const { slot } = holder;
      this.#options.log.error({ worker: slot }, `worker ${slot} has other code and is replaced: ${textOf(error)}`);
      holder.kill("SIGKILL");
    }
  }

  async #settle(holders: readonly CodeHolder[]): Promise<void> {
    const { number } = this.#current;
    await Promise.all(
      holders.map((holder) =>
        holder.ask("settle", number, SETTLE_WITHIN).catch((error: unknown) => {
          if (error instanceof WorkerGoneError) return;
          this.#options.log.warn({ worker: holder.slot }, `the old code was not disposed of: ${textOf(error)}`);
        }),
      ),
    );
  }
}

function textOf(error: unknown): string {
  const isTold = [ReloadRefusedError, WorkerRequestError, WorkerGoneError].some((kind) => error instanceof kind);
  return isTold ? (error as Error).message : describeFailure(error).text;
}
