import { randomBytes } from "node:crypto";
import type { BuildProgress } from "../../migration/progress.js";
import type { UpgradeKey } from "../../migration/resume.js";
import type { UnfinishedUpgrade } from "../../migration/unfinished.js";
import type { RedisLink } from "../link.js";
import type { ControlKeys } from "./control-keys.js";
import { listOf, numberOf, textOf } from "./replies.js";
import { UPGRADE_BEGIN, UPGRADE_NOTE } from "./scripts.js";
import type { StoredCatalogue } from "./stored-catalogue.js";
import { InstanceRunningError, UpgradeRunningError, UpgradeTurnLostError } from "./upgrade-errors.js";

/** A key that an upgrade has to delete, and the backend that it is on; `null`: the default store. */
export type PlacedKey = readonly [backend: string | null, key: string];

/** What an upgrade notes, so that the next one can go on behind one that was killed. */
export interface UpgradeState {
  /** `building`: the old data is as it was; `cleaning`: the catalogue is the new one; `resetting`: all data goes. */
  readonly phase: "building" | "cleaning" | "resetting";
  /** What is to be deleted when the upgrade goes no further than its phase. */
  readonly keys: readonly PlacedKey[];
  /** Numbers that it may have used: the next one takes others, so that a straggler cannot write where that one does. */
  readonly nextSpace: number;
  readonly nextPartition: number;
  readonly direction?: "up" | "down";
  /** What it was allowed, as it is typed. */
  readonly options?: readonly string[];
  /** While building: what another one must be to go on with it. Left out: it is being given up. */
  readonly build?: {
    readonly key: UpgradeKey;
    /** Milliseconds since 1970 UTC. */
    readonly started: number;
    /** The first numbers that it has used. */
    readonly firstSpace: number;
    readonly firstPartition: number;
  };
}

/** @param text what is noted of an upgrade. */
export function unfinishedOf(text: string): UnfinishedUpgrade {
  return unfinishedBy(JSON.parse(text) as UpgradeState);
}

export function unfinishedBy({ phase, direction = "up", options = [] }: UpgradeState): UnfinishedUpgrade {
  return { phase, direction, options };
}

const NOTHING_YET: UpgradeState = { phase: "building", keys: [], nextSpace: 0, nextPartition: 0 };

/** The exclusive right to upgrade an instance. Whoever dies with it keeps it for some seconds. */
export class UpgradeTurn {
  readonly #link: RedisLink;
  readonly #keys: ControlKeys;
  /** By which partitions know whose rows to take. */
  readonly token: string;
  readonly #ttl: number;
  readonly #timer: NodeJS.Timeout;
  /** Of an upgrade that was not finished. */
  readonly before: UpgradeState | undefined;
  /** Text of the catalogue; empty: there is no data. */
  readonly catalogue: string;
  /** How far {@link before} was when it was interrupted. */
  readonly progress: BuildProgress;

  private constructor(
    link: RedisLink,
    keys: ControlKeys,
    token: string,
    ttl: number,
    before: UpgradeState | undefined,
    catalogue: string,
    progress: BuildProgress,
  ) {
    this.#link = link;
    this.#keys = keys;
    this.token = token;
    this.#ttl = ttl;
    this.before = before;
    this.catalogue = catalogue;
    this.progress = progress;
    // A turn that is lost is noticed at the next note.
    this.#timer = setInterval(() => void this.#note("", "").catch(() => undefined), ttl / 5);
  }

  /**
   * @param ttl How long the turn lasts when the process dies; milliseconds.
   * @param onWait told once, when another process has the turn and may have been killed: for how many milliseconds.
   * @throws InstanceRunningError while workers live.
   * @throws UpgradeRunningError when another process upgrades.
   */
  static async take(
    link: RedisLink,
    keys: ControlKeys,
    instance: string,
    ttl: number,
    onWait?: (ms: number) => void,
  ): Promise<UpgradeTurn> {
    const token = randomBytes(16).toString("hex");
    const { leases, workers, claims, catalogue, upgrade, upgrader, progress } = keys;
    const own = [leases, workers, claims, catalogue, upgrade, upgrader, progress];
    const deadline = performance.now() + ttl * 1.2;
    for (let isTold = false; ; isTold = true) {
      const reply = listOf(await link.run(UPGRADE_BEGIN, own, [token, ttl, JSON.stringify(NOTHING_YET)]));
      const [status, before, text, done] = reply;
      switch (textOf(status)) {
        case "begun": {
          const found = textOf(before);
          const state = found === "" ? undefined : (JSON.parse(found) as UpgradeState);
          const rows = JSON.parse(textOf(done) || "{}") as BuildProgress;
          return new UpgradeTurn(link, keys, token, ttl, state, textOf(text), rows);
        }
        case "live":
          throw new InstanceRunningError(instance, reply.slice(1).map(liveWorker));
      }
      // It may have been killed a moment ago.
      if (performance.now() > deadline) throw new UpgradeRunningError(instance);
      if (!isTold) onWait?.(Math.max(0, numberOf(before)));
      await new Promise((resolve) => setTimeout(resolve, Math.min(numberOf(before) + 1, ttl / 5)));
    }
  }

  async note(state: UpgradeState): Promise<void> {
    await this.#note("", JSON.stringify(state));
  }

  /** How far the rows are of the state that was noted last. */
  async noteProgress(progress: BuildProgress): Promise<void> {
    await this.#note("", "", JSON.stringify(progress));
  }

  /** The new catalogue holds from here on. */
  async switch(catalogue: StoredCatalogue, state: UpgradeState): Promise<void> {
    await this.#note(JSON.stringify(catalogue), JSON.stringify(state));
  }

  /** Servers may start again. */
  async end(catalogue?: StoredCatalogue): Promise<void> {
    this.leave();
    await this.#note(catalogue === undefined ? "" : JSON.stringify(catalogue), "done");
  }

  /** What is not finished stays so, and another process may go on with it at once. */
  async release(): Promise<void> {
    this.leave();
    const { catalogue, upgrade, upgrader, progress } = this.#keys;
    await this.#link.run(
      UPGRADE_NOTE,
      [catalogue, upgrade, upgrader, progress],
      [this.token, this.#ttl, "", "left", ""],
    );
  }

  /** The upgrade has failed half-way: only another one may go on. */
  leave(): void {
    clearInterval(this.#timer);
  }

  async #note(catalogue: string, state: string, rows = ""): Promise<void> {
    const { catalogue: key, upgrade, upgrader, progress } = this.#keys;
    const args = [this.token, this.#ttl, catalogue, state, rows];
    if (numberOf(await this.#link.run(UPGRADE_NOTE, [key, upgrade, upgrader, progress], args)) !== 1) {
      throw new UpgradeTurnLostError();
    }
  }
}

function liveWorker(entry: Parameters<typeof listOf>[0]): { worker: number; place: string; lastSeen: number } {
  const [worker, place, lastSeen] = listOf(entry);
  return { worker: numberOf(worker), place: textOf(place), lastSeen: numberOf(lastSeen) };
}
