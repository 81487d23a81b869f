import type { ReadResult, SubscribeResult } from "../live/contract.js";
import type { MaybePromise } from "../store/contract.js";
import type { CallOutcome } from "../transaction/contract.js";
import { CloseCode } from "./close-code.js";
import type { Client, ConnectionHost } from "./client.js";
import type { Outbox } from "./outbox.js";
import type { Protocol } from "./protocol.js";
import type { RateLimits } from "./rate-limits.js";
import { reasonFields } from "./rejection.js";
import type { Request } from "./request.js";
import { RequestQueue } from "./request-queue.js";

/** The connection whose requests these are. */
export interface FlowOwner extends Client {
  /** What runs has finished; nothing else has begun. */
  onFinished(): void;
  /** Something that is in an answer's frame leaves it at this position. */
  onPosition(position: number): void;
  stopReading(): void;
  goOnReading(): void;
}

/** The requests of one connection: they run one after the other, and their answers go to the outbox in that order. */
export class RequestFlow {
  protocol: Protocol;
  limits: RateLimits;
  readonly #client: FlowOwner;
  readonly #host: ConnectionHost;
  readonly #outbox: Outbox;
  readonly #queue = new RequestQueue();
  /** A request, or something else that requests wait for, is under way. */
  #busy = false;
  /** How many works of {@link during} have not ended. */
  #works = 0;
  #running = "";
  #paused = false;

  constructor(client: FlowOwner, host: ConnectionHost, outbox: Outbox, protocol: Protocol, limits: RateLimits) {
    this.#client = client;
    this.#host = host;
    this.#outbox = outbox;
    this.protocol = protocol;
    this.limits = limits;
  }

  get busy(): boolean {
    return this.#busy;
  }

  get empty(): boolean {
    return !this.#busy && this.#queue.length === 0;
  }

  /** Whether the socket is not read because requests wait. */
  get paused(): boolean {
    return this.#paused;
  }

  /**
   * Queues a request, or starts it at once.
   * @param over which limit its frame is above.
   * @param bytes of the message that it has come in; 0: another request stands for them.
   * @returns whether it waits with these bytes.
   */
  take(request: Request, over: string | undefined, now: number, bytes: number): boolean {
    let next = request;
    if (request.kind === "call") {
      const reason = over ?? this.limits.call(request.name, this.#host.callLimit(request.name), now);
      if (reason !== undefined) {
        this.#host.outboxes.counters.rateLimited++;
        next = { kind: "limited", name: request.name, reason };
      }
    } else if (request.kind === "read" && over !== undefined) {
      // It may cost as much as a call, and leaves nothing behind that another limit would count.
      this.#host.outboxes.counters.rateLimited++;
      next = { kind: "refused", code: "SCAN_LIMIT", reason: over };
    }
    if (this.#busy || this.#queue.length > 0 || this.#host.held || this.#outbox.isFull()) {
      const isWhole = next === request;
      this.#queue.push(next, isWhole ? bytes : 0);
      const { pendingRequests, pendingBytes } = this.#host.limits;
      if (!this.#paused && (this.#queue.length >= pendingRequests || this.#queue.bytes >= pendingBytes)) {
        this.#paused = true;
        this.#client.stopReading();
      }
      return isWhole;
    }
    this.#start(next);
    return false;
  }

  /** Requests wait until `work`, which does not fail, has ended; and whatever else began so in the course of it. */
  async during(work: Promise<unknown>): Promise<void> {
    this.#works++;
    this.#busy = true;
    await work;
    if (--this.#works === 0) this.#finish();
  }

  /** Starts what waits, as far as it may. */
  pump(): void {
    while (!this.#busy && !this.#client.gone && !this.#host.held && !this.#outbox.isFull()) {
      const next = this.#queue.shift();
      if (next === undefined) break;
      this.#start(next);
    }
    const { pendingRequests, pendingBytes } = this.#host.limits;
    const isShort = this.#queue.length * 2 <= pendingRequests && this.#queue.bytes * 2 <= pendingBytes;
    if (this.#paused && isShort) this.#unpause();
  }

  /** Forgets what waits. */
  clear(): void {
    this.#queue.clear();
    if (this.#paused) this.#unpause();
  }

  #start(request: Request): void {
    const { engine, subscriptions } = this.#host;
    const { protocol } = this;
    switch (request.kind) {
      case "call":
        this.#call(request);
        return;
      case "subscribe":
        this.#ask(
          () => engine.live.subscribe(this.#client, request.query),
          (result) => this.#onSubscribed(request, result),
        );
        return;
      case "unsubscribe": {
        const id = protocol.ended(request.subscription);
        if (id === undefined) return;
        subscriptions.remove(this.#client, id);
        engine.live.unsubscribe(this.#client, id);
        return;
      }
      case "read":
        this.#ask(
          () => engine.live.read(this.#client, request.request),
          (result) => this.#onPage(request, result),
        );
        return;
      case "clock":
        this.#outbox.push(protocol.clock(Date.now()), 0);
        return;
      case "refused":
        this.#host.log.refusedSubscription(this.#client, request.reason);
        this.#outbox.push(protocol.refused(request.code, request.reason), 0);
        return;
      case "limited":
        this.#outbox.push(protocol.rejection(request.name, "RATE_LIMITED", reasonFields(request.reason)), 0);
        return;
    }
  }

  #call({ name, args, once }: Request & { kind: "call" }): void {
    const principal = this.#client;
    if (this.#host.stopping) {
      this.#outbox.push(this.protocol.rejection(name, "SHUTTING_DOWN", reasonFields("the server stops")), 0);
      return;
    }
    this.#busy = true;
    this.#running = name;
    this.#host.workBegun();
    this.#host.engine.runner
      .call(once === undefined ? { name, args, principal } : { name, args, principal, once })
      .then(this.#onOutcome, this.#onFault);
  }

  /** Passes a result on, in what directly waits for it when it comes later. */
  #ask<T>(ask: () => MaybePromise<T>, answer: (result: T) => void): void {
    let result: MaybePromise<T>;
    try {
      result = ask();
    } catch (error) {
      this.#fail(error);
      return;
    }
    if (!(result instanceof Promise)) {
      answer(result);
      return;
    }
    this.#busy = true;
    this.#host.workBegun();
    result.then((late) => {
      answer(late);
      this.#host.workEnded();
      this.#finish();
    }, this.#onFault);
  }

  readonly #onOutcome = (outcome: CallOutcome): void => {
    const name = this.#running;
    if (!this.#client.gone) this.#outbox.push(this.#answerOf(name, outcome), outcome.position);
    if (outcome.status === "failed") this.#host.log.callFailed(name, this.#client, outcome.error);
    this.#host.workEnded();
    this.#finish();
  };

  #answerOf(name: string, outcome: CallOutcome): Uint8Array {
    switch (outcome.status) {
      case "ok":
        return this.protocol.result(name, outcome.result);
      case "rejected":
        return this.protocol.rejection(name, outcome.code, outcome.fields);
      case "failed":
        return this.protocol.failure(name, this.#host.failure(outcome.error));
    }
  }

  readonly #onFault = (error: unknown): void => {
    this.#fail(error);
    this.#host.workEnded();
    this.#finish();
  };

  /** The runner and the live queries promise not to fail; if they do, this connection alone pays. */
  #fail(error: unknown): void {
    this.#host.log.fault(this.#client, error);
    this.#client.close(CloseCode.internalError, "internal error");
  }

  #onSubscribed(request: Request & { kind: "subscribe" }, result: SubscribeResult): void {
    if (this.#client.gone) {
      if (result.status === "subscribed") this.#host.engine.live.drop(this.#client);
      return;
    }
    if (result.status === "subscribed") {
      this.#host.subscriptions.add(this.#client, result.subscription, request.query);
      this.#client.onPosition(result.position);
    } else if (result.status === "refused") {
      this.#host.log.refusedSubscription(this.#client, result.reason);
    }
    this.#outbox.push(this.protocol.subscribed(request, result), result.position);
  }

  #onPage(request: Request & { kind: "read" }, result: ReadResult): void {
    if (this.#client.gone) return;
    if (result.status === "refused") this.#host.log.refusedSubscription(this.#client, result.reason);
    this.#outbox.push(this.protocol.page(request, result), result.position);
  }

  #finish(): void {
    this.#busy = false;
    this.#client.onFinished();
  }

  #unpause(): void {
    this.#paused = false;
    this.#client.goOnReading();
  }
}
