import type { NodeConnection } from "../connection.js";
import { LinkLostError, type RedisReplyError } from "../errors.js";
import type { RedisArgument, RedisReply, ReplicaLink } from "../link.js";
import { type CallOwner, RedisCall } from "../redis-call.js";
import { isPassing, isRedirection, isUnknownScript } from "../reply-kinds.js";
import type { Script } from "../script.js";
import type { Freshness } from "./freshness.js";
import { askReplication } from "./poll.js";

/** Timers are set in steps, so that the reads of one moment share one. */
const TIMER_STEP_MS = 50;
/** What may be older needs no timer: the connection counts as lost long before. */
const MOST_STEPS = 1_000;

/** One replica, and what is known of how far it follows its primary. */
export class ReplicaNode {
  readonly connection: NodeConnection;
  #history = "";
  #offset = -1;
  #asking = false;
  /** Counts connections: what one server process has said says nothing of the next one behind the same address. */
  #connections = 0;

  constructor(connection: NodeConnection) {
    this.connection = connection;
    connection.onLost(() => {
      this.#connections++;
      this.#offset = -1;
    });
  }

  /** Asks how far it is, unless it has not answered the last question yet. */
  async poll(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    const asked = this.#connections;
    const info = await askReplication(this.connection);
    this.#asking = false;
    if (asked !== this.#connections) return;
    this.#offset = info?.role === "replica" ? info.offset : -1;
    this.#history = info?.history ?? "";
  }

  /** Whether it is a replica with this history, as far as it has told over the connection that there is now. */
  follows(history: string): boolean {
    return this.connection.ready && this.#offset >= 0 && this.#history === history;
  }

  /** The moment whose state it has at least, as `performance.now`; `undefined` when none is known. */
  stateSince(freshness: Freshness): number | undefined {
    if (!this.connection.ready || this.#offset < 0) return undefined;
    return freshness.stateOf(this.#history, this.#offset);
  }

  /** @param until what comes later than this (`performance.now`) may be too old: the primary is to be asked then. */
  link(until: number): ReplicaLink {
    return new TimedLink(this.connection, until);
  }
}

class TimedLink implements ReplicaLink, CallOwner {
  readonly #connection: NodeConnection;
  readonly #until: number;

  constructor(connection: NodeConnection, until: number) {
    this.#connection = connection;
    this.#until = until;
  }

  run(script: Script, keys: readonly string[], args: readonly RedisArgument[]): Promise<RedisReply> {
    return this.#send(RedisCall.script(this, script, keys, args, true));
  }

  command(name: string, key: string, args: readonly RedisArgument[]): Promise<RedisReply> {
    return this.#send(new RedisCall(this, name, [key, ...args], key, true));
  }

  refused(call: RedisCall, error: RedisReplyError): void {
    if (isUnknownScript(error) && this.#connection.ready && call.sendSource()) this.#connection.send(call);
    // It loads, has lost its primary, or has other slots by now: the primary knows.
    else if (isPassing(error) || isUnknownScript(error) || isRedirection(error)) {
      this.lost(call);
    } else call.fail(error);
  }

  lost(call: RedisCall): void {
    call.fail(new LinkLostError(this.#connection.where));
  }

  ended(): void {
    // The reader waits for it.
  }

  async #send(call: RedisCall): Promise<RedisReply> {
    if (!this.#connection.ready) throw new LinkLostError(this.#connection.where);
    const left = Math.max(0, this.#until - performance.now());
    // A replica that stands still would answer late, and then with a state that is too old.
    const steps = Math.floor(left / TIMER_STEP_MS);
    const timer = steps < MOST_STEPS ? setTimeout(() => this.lost(call), steps * TIMER_STEP_MS) : undefined;
    this.#connection.send(call);
    try {
      return await call.promise;
    } finally {
      clearTimeout(timer);
    }
  }
}
