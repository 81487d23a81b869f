import { StoreUnwritableError } from "../errors.js";
import type { RedisLink } from "../link.js";
import type { RegistryLog } from "./contract.js";
import type { ControlKeys } from "./control-keys.js";
import type { Lease } from "./lease.js";
import { listOf, numberOf, textOf } from "./replies.js";
import { BEAT } from "./scripts.js";
import type { Timing } from "./timing.js";
import { Trust } from "./trust.js";

/** A worker whose lease is over and whom nobody else takes care of. */
export interface OverdueWorker {
  readonly worker: number;
  /** In hexadecimal digits. */
  readonly token: string;
}

const LONGEST_ANSWER_MS = 1_000;

export interface HeartbeatOptions {
  readonly link: RedisLink;
  readonly keys: ControlKeys;
  readonly lease: Lease;
  readonly timing: Timing;
  readonly now: () => number;
  readonly log: RegistryLog;
  readonly onOver: (over: readonly OverdueWorker[]) => void;
}

/** Renews a lease, looks for those that are over, and notices when the process itself stood still. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  readonly #trust: Trust;
  #beating: Promise<void> | undefined = undefined;
  #timer: NodeJS.Timeout | undefined = undefined;
  #ticker: NodeJS.Timeout | undefined = undefined;
  #ticked: number;
  #stopped = false;
  #unwritable = false;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#trust = new Trust(options.timing);
    this.#ticked = options.now();
  }

  begin(): void {
    this.#ticked = this.#options.now();
    this.#ticker = setInterval(() => this.#tick(), this.#options.timing.tick);
    void this.now();
  }

  isExpiryTrusted(): boolean {
    return this.#trust.inExpiry(this.#options.now());
  }

  /** A renewal that starts now, or the one that is under way. */
  async now(): Promise<void> {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#beating ??= this.#beat().finally(() => {
      this.#beating = undefined;
      const { beat } = this.#options.timing;
      // Apart from one another, so that not all processes claim the same dead one.
      if (!this.#stopped) this.#timer = setTimeout(() => void this.now(), beat * (0.8 + 0.4 * Math.random()));
    });
    await this.#beating;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    clearInterval(this.#ticker);
    await this.#beating;
  }

  async #beat(): Promise<void> {
    const { link, keys, lease, timing, now, log, onOver } = this.#options;
    const sent = now();
    const horizon = lease.idTime + timing.grant;
    try {
      const { leases, workers, horizons, claims } = keys;
      const args = [lease.worker, lease.token.toString("hex"), horizon];
      const [status, redisTime, ...over] = listOf(await link.run(BEAT, [leases, workers, horizons, claims], args));
      if (textOf(status) !== "held") {
        lease.lose("another process found it out of date, and took its work over");
        return;
      }
      lease.renewed(sent + timing.ttl, horizon);
      if (this.#unwritable) log.info({}, "Redis takes writes again, and the lease is renewed");
      this.#unwritable = false;
      const own = now();
      // An answer that was held up tells the time less well than the one before it.
      if (own - sent <= LONGEST_ANSWER_MS) lease.showed(numberOf(redisTime), own);
      const jump = this.#trust.answered(own, numberOf(redisTime));
      if (jump !== 0) {
        log.warn(
          { milliseconds: Math.round(jump) },
          `the clock of Redis was ${jump > 0 ? "put forward" : "set back"} by ${Math.round(Math.abs(jump))} ms, or ` +
            "another server took over; ids go on by this process's own clock",
        );
      }
      onOver(over.flatMap((each) => this.#overdue(listOf(each), numberOf(redisTime))));
    } catch (error) {
      if (this.#stopped) return;
      if (error instanceof StoreUnwritableError) {
        // Nor can anybody else renew a lease, or take this one for dead: that is written, too.
        if (!this.#unwritable)
          log.error({ err: error }, `the lease waits, and calls that write fail: ${error.message}`);
        this.#unwritable = true;
        return;
      }
      log.error({ err: error }, "the lease could not be renewed");
      // The link has tried for its whole retry window.
      if (!lease.held) lease.lose("Redis could not be reached, or refused to renew it");
    }
  }

  #overdue(entry: readonly (Buffer | number | null | object)[], redisTime: number): OverdueWorker[] {
    const [worker, token, seen, known, claim] = entry.map((part) => textOf(part as Buffer | number | null));
    if (claim === "taken") return [];
    const own = this.#options.now();
    const isForsaken = redisTime - Number(seen) > this.#options.timing.forsaken && this.#trust.inAbsence(own);
    // Who was claimed once cannot come back.
    const isKnown = known === "1" || claim === "mine" || claim === "void";
    const isDead = isKnown || isForsaken || this.#trust.inExpiry(own);
    return isDead ? [{ worker: Number(worker), token: token ?? "" }] : [];
  }

  #tick(): void {
    const { lease, timing, now } = this.#options;
    const own = now();
    const stoodStill = own - this.#ticked > timing.ttl / 2;
    this.#ticked = own;
    if (stoodStill) void this.now();
    // Also while it holds: ids must not end between its last moment and the next look.
    else lease.allowIds(own + timing.ttl / 2);
  }
}
