import { createHash } from "node:crypto";
import type { Move } from "../transaction/commit-message.js";
import { ConnectionRecord, ConnectionTakenError } from "../transaction/connection-record.js";
import type { LeftConnection } from "../transaction/contract.js";
import type { ConnectionSharing, Standing } from "../transaction/sharing-contract.js";
import type { Resume } from "../wire/hetu2/client-frames.js";
import type { Client, Engine, GateLog } from "./client.js";
import type { Clients } from "./clients.js";
import type { RateLimits } from "./rate-limits.js";
import { SessionHistory } from "./session-history.js";
import { SessionState } from "./session-state.js";
import { Wakeup } from "./wakeup.js";

const NO_TOKEN = new Uint8Array(0);

/** How long after a change of caller, group or session values it is recorded what its client has seen; milliseconds. */
const SETTLE_AFTER = 1000;
/** How long tokens that are void are collected before it is recorded; milliseconds. */
const SHOWN_AFTER = 100;
/** After the records could not be read. */
const RETRY_AFTER = 1000;
/** How long kicks are remembered behind the window; far more than a process that is cut off keeps its lease. Milliseconds. */
const KICKS_KEPT = 600_000;
/** Kicks of this process after which those that are too old are forgotten. */
const FORGET_EVERY = 100;
/** Connections without a process whose hooks run at a time. */
const AT_ONCE = 16;

/** What the sessions of an instance need of it. */
export interface SharedSessionsHost {
  readonly engine: Engine;
  readonly clients: Clients;
  readonly log: GateLog;
  /** How long a session is kept after its link has dropped, in milliseconds. */
  readonly window: number;
  workBegun(): void;
  workEnded(): void;
  /** Runs hooks of a connection that no process serves any more. */
  runLeft(left: LeftConnection): Promise<void>;
}

/** A worker that has died. */
export interface DeadWorker {
  readonly worker: number;
  /** How many milliseconds ago it was heard of. */
  readonly lastSeen: number;
}

/** Sessions of an instance that several processes serve: those that come here, go elsewhere, or have lost their process. */
export class SharedSessions {
  readonly #host: SharedSessionsHost;
  readonly #left = new Wakeup(() => void this.#sweep());
  readonly #settling = new Wakeup(() => void this.#settle());
  readonly #showing = new Wakeup(() => void this.#working(async () => this.sharing?.shown(this.#shown.splice(0))));
  readonly #shown: Client[] = [];
  #unsettled = new Set<Client>();
  #leaving: bigint[] = [];
  #kicksKept = 0;
  #starting = false;
  #sweeping = false;
  #sweepAgain = false;

  constructor(host: SharedSessionsHost) {
    this.#host = host;
  }

  /** `undefined`: no other process serves the instance. */
  get sharing(): ConnectionSharing | undefined {
    return this.#host.engine.runner.sharing;
  }

  /** See {@link ConnectionHost.takeOver}. */
  takeOver(
    { token, position }: Resume,
    next: Uint8Array | undefined,
    limits: RateLimits,
  ): Promise<SessionState | undefined> | undefined {
    const { sharing } = this;
    if (sharing === undefined || this.#host.window === 0) return undefined;
    return this.#working(async () => {
      const taken = await sharing.resume(hash(token), next === undefined ? NO_TOKEN : hash(next));
      if (taken === undefined) return undefined;
      const { connection, caller, group, session, record } = taken.principal;
      const state = new SessionState(connection, limits);
      state.caller = caller;
      state.group = group;
      state.session = { ...session };
      state.record = record;
      state.history = SessionHistory.from(taken.barrier, position);
      state.kickedBehind.push(...taken.positions);
      // What the client has seen elsewhere lies before: rows that are shown here must not be of an earlier state.
      const { live, stores } = this.#host.engine;
      for (const [at, store] of stores.all.entries()) await live.reached(store, taken.positions[at] ?? 0);
      return state;
    });
  }

  /** See {@link ConnectionHost.standing}. */
  async standing(client: Client): Promise<Standing | undefined> {
    const { sharing } = this;
    if (sharing === undefined) return "served";
    return this.#working(() => sharing.standing(client));
  }

  newRecord(token: Uint8Array | undefined): ConnectionRecord | undefined {
    if (this.sharing === undefined) return undefined;
    return new ConnectionRecord(token === undefined ? NO_TOKEN : hash(token));
  }

  /** See {@link ConnectionHost.renew}. When it cannot be written the token is good at this process alone. */
  async renew(client: Client, next: Uint8Array | undefined, given: Uint8Array): Promise<boolean> {
    const { sharing } = this;
    if (sharing === undefined) return true;
    const isOurs = await this.#working(async () => {
      try {
        await sharing.renew(client, next === undefined ? NO_TOKEN : hash(next), hash(given));
        return true;
      } catch (error) {
        if (error instanceof ConnectionTakenError) return false;
        throw error;
      }
    });
    return isOurs ?? true;
  }

  /** See {@link ConnectionHost.tokenShown}. Nothing waits for it: until it is written the other token is good, too. */
  tokenShown(client: Client): void {
    const { record } = client;
    if (this.sharing === undefined || record === undefined || record.previous.length === 0) return;
    record.previous = NO_TOKEN;
    this.#shown.push(client);
    this.#showing.by(Date.now() + SHOWN_AFTER);
  }

  /** A login here has kicked a user's other connections. */
  kicked(): void {
    if (++this.#kicksKept % FORGET_EVERY === 0) this.#forgetKicks();
  }

  /** Others can tell the client a difference again some time after it was told who it is now. */
  identityChanged(client: Client): void {
    if (this.sharing?.comparable !== true || client.record === undefined) return;
    this.#unsettled.add(client);
    this.#settling.by(Date.now() + SETTLE_AFTER);
  }

  /** Another process goes on with a connection. @param position of the commit that says so, at home. */
  moved({ connection }: Move, position: number): void {
    const client = this.#host.clients.get(connection);
    // It may have come back here since.
    if (client !== undefined && client.kickedBehind(0) < position) client.moveAway();
  }

  /** The session of a client goes on at whichever process it comes to, because this one stops. */
  leave(client: Client): void {
    this.#leaving.push(client.connection);
    if (this.#leaving.length > 1) return;
    void this.#working(async () => {
      // All that end together are recorded together.
      await new Promise((resolve) => setImmediate(resolve));
      await this.sharing?.leave(this.#leaving.splice(0), Date.now() + this.#host.window);
    });
  }

  /** The end of a connection has failed half-way: what is missing is done later, by whichever process gets to it. */
  tryAgain(connection: bigint): void {
    const { sharing } = this;
    if (sharing === undefined) return;
    void this.#working(() => sharing.leave([connection], Date.now()));
    this.#left.by(Date.now() + RETRY_AFTER);
  }

  /** Sessions lie about until then: whoever serves the instance looks after them. */
  parked(until: number): void {
    this.#left.by(until);
  }

  /** Volatile tables are empty: where there are any, sessions do not outlive the start, since their presence is gone. */
  beginStart(): void {
    this.#starting = true;
  }

  /** Looks after sessions that no process serves, from now on. */
  watch(): void {
    this.#starting = false;
    if (this.sharing === undefined) return;
    this.#left.by(Date.now());
    this.#forgetKicks();
  }

  /** What a dead worker has left: see docs/server.md. @throws StoreFailedError */
  async onDead({ worker, lastSeen }: DeadWorker): Promise<void> {
    const until = this.#survive ? Date.now() - lastSeen + this.#host.window : 0;
    await this.#inherit(this.sharing?.inherit(worker, until), until);
  }

  /** Likewise all workers, when the instance starts. @throws StoreFailedError */
  async onStart(): Promise<void> {
    const until = this.#survive ? Date.now() + this.#host.window : 0;
    await this.#inherit(this.sharing?.inheritAll(until), until);
  }

  close(): void {
    this.#left.close();
    this.#settling.close();
    this.#showing.close();
  }

  get #survive(): boolean {
    return !this.#starting || !this.#host.engine.schema.components.some(({ volatile }) => volatile);
  }

  async #inherit(batches: AsyncIterable<readonly LeftConnection[]> | undefined, until: number): Promise<void> {
    if (batches === undefined) return;
    try {
      await this.#runAll(batches);
    } catch (error) {
      // What had been taken over until then is left to whoever looks next.
      this.#left.by(Date.now() + RETRY_AFTER);
      throw error;
    }
    if (until > Date.now()) this.#left.by(until);
  }

  /** Ends the sessions whose clients have not come back, and finds out when to look again. */
  async #sweep(): Promise<void> {
    const { sharing } = this;
    if (sharing === undefined) return;
    this.#sweepAgain = this.#sweeping;
    if (this.#sweeping) return;
    this.#sweeping = true;
    try {
      await this.#runAll(sharing.due(Date.now()));
      const next = await sharing.nextDue();
      if (next !== undefined) this.#left.by(next);
    } catch (error) {
      this.#host.log.sharingFailed(error);
      this.#left.by(Date.now() + RETRY_AFTER);
    } finally {
      this.#sweeping = false;
      if (this.#sweepAgain) this.#left.by(Date.now());
    }
  }

  async #runAll(batches: AsyncIterable<readonly LeftConnection[]>): Promise<void> {
    let count = 0;
    for await (const batch of batches) {
      const rest = [...batch];
      const run = async (): Promise<void> => {
        for (let left = rest.shift(); left !== undefined; left = rest.shift()) await this.#runLeft(left);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, run));
      count += batch.length;
      // Thousands of transactions without a turn of the event loop would look like a system that never yields.
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (count > 0) this.#host.log.leftBehind(count);
  }

  async #runLeft(left: LeftConnection): Promise<void> {
    try {
      await this.#host.runLeft(left);
    } catch (error) {
      this.#host.log.sharingFailed(error);
      if (left.principal.connection !== undefined) this.tryAgain(left.principal.connection);
    }
  }

  #forgetKicks(): void {
    void this.#working(async () => this.sharing?.forgetKicks(this.#host.window + KICKS_KEPT));
  }

  async #settle(): Promise<void> {
    const clients = this.#unsettled;
    this.#unsettled = new Set();
    for (const client of clients) {
      const { record, barrier } = client;
      if (record === undefined || barrier === undefined || client.over || client.elsewhere) continue;
      try {
        await this.sharing?.settle(client, record.sequence, barrier);
      } catch (error) {
        if (!(error instanceof ConnectionTakenError)) this.#host.log.sharingFailed(error);
      }
    }
  }

  /** @returns `undefined`, too, when it failed. */
  async #working<T>(work: () => Promise<T>): Promise<T | undefined> {
    this.#host.workBegun();
    try {
      return await work();
    } catch (error) {
      this.#host.log.sharingFailed(error);
      return undefined;
    } finally {
      this.#host.workEnded();
    }
  }
}

/** What is stored of a token: whoever reads the store cannot come back as somebody else. */
function hash(token: Uint8Array): Uint8Array {
  return createHash("sha256").update(token).digest();
}
