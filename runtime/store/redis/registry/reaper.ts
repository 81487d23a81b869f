import type { RedisLink } from "../link.js";
import type { DeadWorker, FencedPartition, RegistryLog } from "./contract.js";
import type { ControlKeys } from "./control-keys.js";
import type { OverdueWorker } from "./heartbeat.js";
import type { Lease } from "./lease.js";
import { numberOf } from "./replies.js";
import { CLAIM, FREE } from "./scripts.js";

export interface ReaperOptions {
  readonly link: RedisLink;
  readonly keys: ControlKeys;
  readonly lease: Lease;
  readonly log: RegistryLog;
  /** Milliseconds before what failed is tried again. */
  readonly retryDelay: number;
  readonly partitions: readonly FencedPartition[];
  readonly listeners: readonly ((dead: DeadWorker) => Promise<void>)[];
}

/**
 * Takes care of dead workers: claim (one reaper wins), shut it out of all partitions, tell the listeners, free the
 * number. A reaper that dies leaves a claim that is void, and the next one starts from the beginning.
 */
export class Reaper {
  readonly #options: ReaperOptions;
  /** By token. */
  readonly #under = new Map<string, Promise<void>>();
  #enabled = false;
  #stopped = false;
  #begun = 0;

  constructor(options: ReaperOptions) {
    this.#options = options;
  }

  /** How many it has turned to. */
  get begun(): number {
    return this.#begun;
  }

  enable(): void {
    this.#enabled = true;
  }

  stop(): void {
    this.#stopped = true;
  }

  look(over: readonly OverdueWorker[]): void {
    if (!this.#enabled || this.#stopped) return;
    for (const one of over) {
      if (this.#under.has(one.token)) continue;
      this.#begun++;
      const done = this.#reap(one).finally(() => this.#under.delete(one.token));
      this.#under.set(one.token, done);
    }
  }

  /** All that it has begun is done. */
  async settled(): Promise<void> {
    while (this.#under.size > 0) await Promise.all(this.#under.values());
  }

  async #reap({ worker, token }: OverdueWorker): Promise<void> {
    const { link, keys, lease, log, retryDelay, partitions, listeners } = this.#options;
    const { leases, workers, claims } = keys;
    const args = [worker, token, lease.worker, lease.token.toString("hex")];
    const died = performance.now();
    while (!this.#stopped) {
      try {
        const lastSeen = numberOf(await link.run(CLAIM, [leases, workers, claims], args));
        if (lastSeen < 0) return;
        log.warn({ worker, lastSeen }, `worker ${worker} is dead: nothing was heard of it for ${lastSeen} ms`);
        const dead = { worker, token: Buffer.from(token, "hex"), lastSeen };
        for (const partition of partitions) await partition.fence(worker, dead.token);
        for (const listener of listeners) await listener(dead);
        if (numberOf(await link.run(FREE, [leases, workers, claims], args)) === 1) {
          log.info(
            { worker, milliseconds: Math.round(performance.now() - died) },
            `cleaned up behind worker ${worker}`,
          );
        }
        return;
      } catch (error) {
        if (this.#stopped) return;
        log.error({ err: error, worker }, `cleaning up behind worker ${worker} failed; it is tried again`);
        await new Promise((resolve) => setTimeout(resolve, retryDelay));
      }
    }
  }
}
