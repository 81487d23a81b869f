import { randomBytes, randomInt } from "node:crypto";
import { hostname } from "node:os";
import { MAX_WORKER, SNOWFLAKE_EPOCH_MS } from "../../snowflake.js";
import type { RedisLink } from "../link.js";
import type {
  DeadWorker,
  FencedPartition,
  InstanceStart,
  LiveWorker,
  Registry,
  RegistryLog,
  RegistryOptions,
  WorkerLease,
} from "./contract.js";
import { controlKeys, type ControlKeys, instanceOf } from "./control-keys.js";
import { NoWorkerNumberError, RedisClockError, upgradeCommand, UpgradeUnfinishedError } from "./errors.js";
import { Heartbeat } from "./heartbeat.js";
import { Lease } from "./lease.js";
import { Reaper } from "./reaper.js";
import { listOf, numberOf, textOf } from "./replies.js";
import { CONDEMN, JOIN, LIVE, RELEASE } from "./scripts.js";
import { start } from "./start.js";
import { DEFAULT_LEASE_TIME_MS, type Timing, timingOf } from "./timing.js";
import { unfinishedOf } from "./upgrade-turn.js";

/** A process's side of the registry: its lease, what renews it, and what it does about the leases of others. */
export class Member implements Registry {
  readonly #link: RedisLink;
  readonly #keys: ControlKeys;
  readonly #instance: string;
  readonly #command: string;
  readonly #timing: Timing;
  readonly #now: () => number;
  readonly #log: RegistryLog;
  readonly #partitions: FencedPartition[] = [];
  readonly #listeners: ((dead: DeadWorker) => Promise<void>)[] = [];
  #joining = false;
  #closed = false;
  #joined: { readonly lease: Lease; readonly heartbeat: Heartbeat; readonly reaper: Reaper } | undefined = undefined;

  constructor(options: RegistryOptions) {
    this.#link = options.link;
    this.#keys = controlKeys(options.tag);
    this.#instance = instanceOf(options.tag);
    this.#command = options.command ?? upgradeCommand(options.store);
    this.#timing = timingOf(options.leaseTime ?? DEFAULT_LEASE_TIME_MS);
    this.#now = options.now ?? (() => performance.now());
    this.#log = options.log;
  }

  async join(): Promise<WorkerLease> {
    if (this.#joining) throw new Error("this process has joined already");
    this.#joining = true;
    const token = randomBytes(16);
    const { leases, workers, horizons, upgrade } = this.#keys;
    const { ttl, grant } = this.#timing;
    const place = `${hostname()}:${process.pid}`;
    const keys = [leases, workers, horizons, upgrade];
    const args = [token.toString("hex"), ttl, grant, randomInt(MAX_WORKER + 1), place];
    for (;;) {
      const sent = this.#now();
      const [status, second, third] = listOf(await this.#link.run(JOIN, keys, args));
      switch (textOf(status)) {
        case "joined":
          return this.#become(numberOf(second), token, numberOf(third), sent);
        case "wait":
          await this.#wait(numberOf(second));
          break;
        case "upgrade":
          throw new UpgradeUnfinishedError(this.#instance, this.#command, unfinishedOf(textOf(second)));
        default:
          throw new NoWorkerNumberError(this.#instance, MAX_WORKER + 1);
      }
    }
  }

  guard(partitions: readonly FencedPartition[]): void {
    this.#partitions.push(...partitions);
  }

  onDead(listener: (dead: DeadWorker) => Promise<void>): void {
    this.#listeners.push(listener);
  }

  async startOnce(
    prepare: (start: InstanceStart) => Promise<void>,
    onLooked: () => void = () => undefined,
  ): Promise<void> {
    if (this.#joined === undefined) throw new Error("a process starts an instance after it has joined");
    const { lease, heartbeat, reaper } = this.#joined;
    await start({
      link: this.#link,
      keys: this.#keys,
      timing: this.#timing,
      lease,
      isExpiryTrusted: () => heartbeat.isExpiryTrusted(),
      handleDead: async () => {
        // The one that is under way may know less than this process has learnt since.
        await heartbeat.now();
        // A renewal tells of a limited number of them.
        for (let before = -1; before !== reaper.begun;) {
          before = reaper.begun;
          await heartbeat.now();
          await reaper.settled();
        }
      },
      onActing: () => reaper.enable(),
      onLooked,
      prepare,
    });
  }

  async reapNow(worker: number, token: Buffer): Promise<void> {
    const { leases, workers } = this.#keys;
    await this.#link.run(CONDEMN, [leases, workers], [worker, token.toString("hex")]);
    await this.#joined?.heartbeat.now();
  }

  async renew(): Promise<void> {
    // The one that is under way may have begun before it was asked for.
    await this.#joined?.heartbeat.now();
    await this.#joined?.heartbeat.now();
  }

  async live(): Promise<readonly LiveWorker[]> {
    return liveWorkers(this.#link, this.#keys);
  }

  close(): void {
    this.#closed = true;
    this.#joined?.reaper.stop();
  }

  #become(worker: number, token: Buffer, redisTime: number, sent: number): Lease {
    if (redisTime < SNOWFLAKE_EPOCH_MS) throw new RedisClockError(redisTime);
    const { ttl, grant } = this.#timing;
    const lease = new Lease({
      worker,
      token,
      redisTime,
      at: this.#now(),
      until: sent + ttl,
      horizon: redisTime + grant,
      now: this.#now,
      onDoubt: () => void heartbeat.now(),
      onEnd: async () => {
        this.close();
        await heartbeat.stop();
      },
      release: async (newestId) => {
        const { leases, workers, horizons, claims } = this.#keys;
        await this.#link.run(RELEASE, [leases, workers, horizons, claims], [worker, token.toString("hex"), newestId]);
      },
    });
    const reaper = new Reaper({
      link: this.#link,
      keys: this.#keys,
      lease,
      log: this.#log,
      retryDelay: this.#timing.beat,
      partitions: this.#partitions,
      listeners: this.#listeners,
    });
    const heartbeat = new Heartbeat({
      link: this.#link,
      keys: this.#keys,
      lease,
      timing: this.#timing,
      now: this.#now,
      log: this.#log,
      onOver: (over) => reaper.look(over),
    });
    this.#joined = { lease, heartbeat, reaper };
    this.#log.info({ worker }, `worker ${worker} of ${this.#instance}`);
    heartbeat.begin();
    return lease;
  }

  /** No number is free but those whose ids went past what the clock shows now: it was set back. */
  async #wait(milliseconds: number): Promise<void> {
    this.#log.warn(
      { wait: milliseconds },
      "all free worker numbers have given ids that are in the future of Redis' clock: it was set back. " +
        `Waiting ${Math.ceil(milliseconds / 1000)} s for the first one, rather than giving ids twice`,
    );
    await new Promise((resolve) => setTimeout(resolve, Math.min(milliseconds, LONGEST_PAUSE_MS)));
    if (this.#closed) throw new Error("the registry was closed while it waited for a worker number");
  }
}

/** The clock may be set right meanwhile. */
const LONGEST_PAUSE_MS = 1000;

export async function liveWorkers(link: RedisLink, { leases, workers }: ControlKeys): Promise<readonly LiveWorker[]> {
  return listOf(await link.run(LIVE, [leases, workers], [])).map((each) => {
    const [worker, token, lastSeen, place] = listOf(each);
    return {
      worker: numberOf(worker),
      token: Buffer.from(textOf(token), "hex"),
      lastSeen: numberOf(lastSeen),
      place: textOf(place),
    };
  });
}
