import {
  CallFailedError,
  CallRejectedError,
  CallTimeoutError,
  ConnectionClosedError,
  ConnectionLostError,
  OutcomeUnknownError,
  QueueFullError,
} from "../errors.js";
import type { CallableSpec, ErrorSpec } from "../codec/specs.js";
import { Hetu1 } from "../protocol/hetu1.js";
import { Hetu2 } from "../protocol/hetu2.js";
import type { Protocol, ServerMessage, SubscriptionId } from "../protocol/protocol.js";
import { Signal } from "../signal.js";
import { MessagePackWriter } from "../wire.js";
import type { NamespaceWire } from "../wire-hetu2.js";
import { backoffDelay } from "./backoff.js";
import { Call } from "./call.js";
import { limitCall } from "./call-limits.js";
import type { ConnectionState } from "./connection-state.js";
import { Fifo } from "./fifo.js";
import { Link } from "./link.js";
import { OnceIds } from "./once-ids.js";
import type { CallOptions, Settings } from "./options.js";
import type { Request } from "./request.js";
import { Resumption } from "./resumption.js";
import { RetryWait } from "./retry-wait.js";

/** How a session uses what is built on it. */
export interface SessionParts {
  /** Runs the application's bootstrap; calls made with `true` go out at once. */
  bootstrap(connections: number): unknown;
  /** The live queries to send again, before everything that waits. */
  restore(): readonly Request[];
  /** A call has succeeded, also one whose caller has given it up. */
  called(): void;
  /** The link is gone: what the live queries show is no longer known to be current. */
  lost(): void;
  /** A connection has begun, before bootstrap. */
  began(protocol: Protocol): void;
  /** Whether something is shown that an earlier link has told and that is not known to be current. */
  isStale(): boolean;
  /** An update or an event. */
  pushed(message: ServerMessage): void;
  /** The session has closed for good. */
  closed(error: Error | undefined): void;
}

/** What a session knows of its schema. */
export interface SessionSchema {
  readonly errors: ReadonlyMap<string, ErrorSpec>;
  readonly usesOnce: boolean;
  readonly wire: NamespaceWire;
}

/** A connection that worked for this long starts the backoff anew. */
const STABLE_MS = 10_000;

/** Rejections that say nothing about the call itself: bootstrap may succeed next time. */
const PASSING = new Set(["RATE_LIMITED", "TIMEOUT", "RETRIES_EXHAUSTED", "SHUTTING_DOWN"]);

/**
 * Keeps a link to the server as long as the application wants one: connects, runs bootstrap, sends what waits, and
 * starts again when the link drops.
 */
export class Session {
  readonly onState: Signal<[state: ConnectionState]>;
  readonly #url: string;
  readonly #settings: Settings;
  readonly #parts: SessionParts;
  readonly #schema: SessionSchema;
  readonly #onceIds: OnceIds;
  readonly #writer = new MessagePackWriter();
  /** What waits for the connection or for room in it, in the order in which it was asked for. */
  readonly #queue: Fifo<Request> = new Fifo();
  #link: Link | undefined;
  /** Of the link, once the session has begun on it. */
  #protocol: Protocol | undefined;
  readonly #resumption: Resumption = new Resumption();
  #state: ConnectionState = Object.freeze({ status: "connecting", attempt: 0 });
  #connections = 0;
  #connectedAt = 0;
  #retry: RetryWait | undefined;

  constructor(
    url: string,
    settings: Settings,
    schema: SessionSchema,
    parts: SessionParts,
    report: (error: unknown) => void,
  ) {
    this.#url = url;
    this.#settings = settings;
    this.#schema = schema;
    this.#parts = parts;
    this.#onceIds = new OnceIds(settings.clock);
    this.onState = new Signal(report);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** Opens the first connection; once. */
  start(): void {
    this.#dial();
  }

  /**
   * Checks the arguments and makes a call.
   * @param urgent out at once, on the link that bootstrap runs on.
   */
  call(spec: CallableSpec, args: readonly unknown[], options: CallOptions, urgent: boolean): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const count = spec.write(args, this.#writer.reset());
      const context = {
        errors: this.#schema.errors,
        newOnceId: () => this.#onceIds.next(),
        succeeded: () => this.#parts.called(),
      };
      const call = new Call(spec, { bytes: this.#writer.finish(), count }, context, { resolve, reject });
      // The next bootstrap makes its own calls anew.
      call.sendAgain = spec.once && !urgent;
      if (this.#state.status === "closed") {
        call.fail(new ConnectionClosedError(spec.name, this.#state.error));
      } else if (options.signal?.aborted === true) {
        call.fail(options.signal.reason);
      } else if (urgent) {
        this.#sendUrgently(call);
        this.#limit(call, options);
      } else if (this.#canSend) {
        this.#limit(call, options);
        this.#link?.request(call);
      } else if (this.#queue.length >= this.#settings.maxQueued) {
        call.fail(new QueueFullError(spec.name, this.#settings.maxQueued));
      } else {
        this.#limit(call, options);
        this.#queue.push(call);
      }
    });
  }

  /** Sends it when its turn comes; `false`: there is no connection, and `restore` will be asked on the next. */
  enqueue(request: Request): boolean {
    if (this.#state.status !== "connected") return false;
    this.#queue.push(request);
    this.#flush();
    return true;
  }

  /** Takes back what was not sent yet. */
  withdraw(request: Request): boolean {
    return this.#queue.remove(request);
  }

  /** What the server speaks; `undefined`: there is no connection. */
  get protocol(): Protocol | undefined {
    return this.#state.status === "connected" ? this.#protocol : undefined;
  }

  /** Ends a subscription at the server; without a connection there is none. */
  unsubscribe(subscription: SubscriptionId): void {
    if (this.#state.status === "connected") this.#link?.tell((protocol) => protocol.writeUnsubscribe(subscription));
  }

  /** Ends everything for good. */
  close(error?: Error): void {
    if (this.#state.status === "closed") return;
    this.#retry?.cancel();
    this.#setState({ status: "closed", attempt: this.#state.attempt, ...(error === undefined ? {} : { error }) });
    const link = this.#link;
    this.#link = undefined;
    link?.close("the client was closed");
    for (const request of this.#queue.drain()) {
      if (!(request instanceof Call)) continue;
      if (request.wasSent) request.outcomeUnknown("the client was closed", error);
      else request.fail(new ConnectionClosedError(request.spec.name, error));
    }
    this.#parts.closed(error);
  }

  get #canSend(): boolean {
    return this.#state.status === "connected" && this.#queue.length === 0 && this.#link?.hasRoom === true;
  }

  #sendUrgently(call: Call): void {
    const status = this.#state.status;
    if (this.#link !== undefined && (status === "bootstrapping" || status === "connected")) this.#link.request(call);
    else
      call.fail(
        new ConnectionLostError(`${call.spec.name} was not sent: the connection that bootstrap ran on is gone`),
      );
  }

  #limit(call: Call, { timeoutMs = this.#settings.callTimeoutMs, signal }: CallOptions): void {
    limitCall(call, { timeoutMs, signal }, this.#settings.clock, (end) => {
      this.#queue.remove(call);
      if (end === "signal") {
        if (call.wasSent) call.outcomeUnknown("its signal was aborted", signal?.reason);
        else call.fail(signal?.reason);
      } else if (call.wasSent) call.outcomeUnknown(`no answer came within ${timeoutMs} ms`);
      else call.fail(new CallTimeoutError(call.spec.name, timeoutMs, this.#state.status, this.#state.error));
    });
  }

  #flush(): void {
    while (this.#state.status === "connected" && this.#link?.hasRoom === true) {
      const next = this.#queue.shift();
      if (next === undefined) return;
      this.#link.request(next);
    }
  }

  #setState(state: ConnectionState): void {
    this.#state = Object.freeze(state);
    this.onState.emit(this.#state);
  }

  #dial(): void {
    try {
      const resume = this.#resumption.point;
      this.#protocol = undefined;
      const makeProtocol = (name: Protocol["name"]): Protocol =>
        name === "hetu.1" ? new Hetu1() : new Hetu2(this.#schema.wire, resume);
      const link: Link = new Link(this.#url, this.#settings, makeProtocol, {
        opened: (protocol) => void this.#prepare(link, protocol),
        pushed: (message) => this.#parts.pushed(message),
        roomMade: () => this.#flush(),
        impossible: (error) => this.close(error),
        lost: (reason, unanswered) => {
          if (this.#link === link) this.#recover(reason, unanswered);
          else this.#giveUp(unanswered, "the client was closed", undefined);
        },
      });
      this.#link = link;
    } catch (error) {
      this.close(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** From the beginning of the session to `connected`. */
  async #prepare(link: Link, protocol: Protocol): Promise<void> {
    this.#protocol = protocol;
    this.#resumption.begun(protocol);
    this.#parts.began(protocol);
    if (protocol.time !== undefined) this.#onceIds.set(protocol.time);
    else if (this.#schema.usesOnce) await new Promise((resolve) => link.request(this.#onceIds.learn(resolve)));
    if (this.#link !== link) return;
    if (!protocol.resumed && !(await this.#bootstrap(link))) return;
    this.#connections++;
    this.#connectedAt = this.#settings.clock.now();
    // Connected before anybody is told: live queries that a handler starts are sent, too.
    this.#state = Object.freeze({ status: "connected", attempt: this.#state.attempt });
    this.#queue.prepend(this.#parts.restore());
    if (this.#link === link) this.onState.emit(this.#state);
    this.#flush();
  }

  /** @returns whether the link is still there and the application has logged in. */
  async #bootstrap(link: Link): Promise<boolean> {
    this.#setState({ status: "bootstrapping", attempt: this.#state.attempt });
    try {
      await this.#parts.bootstrap(this.#connections);
    } catch (error) {
      if (this.#link === link) this.#bootstrapFailed(link, error);
      return false;
    }
    return this.#link === link;
  }

  #bootstrapFailed(link: Link, error: unknown): void {
    const passes =
      error instanceof CallFailedError ||
      error instanceof OutcomeUnknownError ||
      error instanceof ConnectionLostError ||
      (error instanceof CallRejectedError && PASSING.has(error.code));
    if (passes) link.close(`bootstrap failed: ${error.message}`);
    else this.close(error instanceof Error ? error : new Error(String(error)));
  }

  /** The link dropped by itself. */
  #recover(reason: ConnectionLostError, unanswered: readonly Request[]): void {
    this.#link = undefined;
    const { clock, backoff, random, maxAttempts, reconnectWhen } = this.#settings;
    const wasConnected = this.#state.status === "connected";
    if (this.#protocol !== undefined) this.#resumption.ended(this.#protocol, wasConnected, this.#parts.isStale());
    const stable = wasConnected && clock.now() - this.#connectedAt >= STABLE_MS;
    const attempt = stable ? 0 : this.#state.attempt;
    this.#giveUp(unanswered, reason.message, reason);
    if (attempt >= maxAttempts || !reconnectWhen(reason)) {
      this.close(reason);
      return;
    }
    const retryInMs = backoffDelay(attempt, backoff, random);
    const dial = (): void => {
      this.#setState({ status: "connecting", attempt: attempt + 1, error: reason });
      if (this.#state.status === "connecting") this.#dial();
    };
    const waiting = (milliseconds: number): ConnectionState =>
      Object.freeze({ status: "waiting", attempt: attempt + 1, retryInMs: milliseconds, error: reason });
    this.#retry = new RetryWait(
      clock,
      retryInMs,
      dial,
      () => backoffDelay(0, backoff, random),
      (milliseconds) => this.#setState(waiting(milliseconds)),
    );
    this.#state = waiting(retryInMs);
    if (wasConnected) this.#parts.lost();
    // A handler may have closed the client.
    if (this.#state.status === "waiting") this.onState.emit(this.#state);
  }

  /** Decides what becomes of requests whose answers will not come, and of live queries that were not yet sent. */
  #giveUp(unanswered: readonly Request[], why: string, cause: Error | undefined): void {
    const again: Call[] = [];
    const open = this.#state.status !== "closed";
    for (const request of unanswered) {
      if (!(request instanceof Call) || request.settled) continue;
      if (request.sendAgain && open) again.push(request);
      else request.outcomeUnknown(why, cause);
    }
    const waiting = this.#queue.drain().filter((request) => request instanceof Call);
    this.#queue.prepend([...again, ...waiting]);
  }
}
