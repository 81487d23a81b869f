import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { LiveUpdate, SubscribeResult } from "../live/contract.js";
import type { ColumnValue } from "../schema/component.js";
import type { MaybePromise } from "../store/contract.js";
import type { CallOutcome } from "../transaction/contract.js";
import {
  WireError,
  writeClock,
  writeFailure,
  writeNotSubscribed,
  writeRejection,
  writeResponse,
} from "../wire/frames.js";
import { LayerStack } from "../wire/layers/index.js";
import { hetu1Form } from "../wire/hetu1-form.js";
import type { AddressSlot } from "./address-limits.js";
import { CloseCode, fitReason } from "./close-code.js";
import type { Client, ConnectionHost } from "./client.js";
import { shakeHands } from "./handshake.js";
import { Outbox, type OutboxOwner } from "./outbox.js";
import { RateLimits } from "./rate-limits.js";
import { readRequest, type Request } from "./request.js";
import { RequestQueue } from "./request-queue.js";
import { TEXT_FRAME } from "./refusals.js";
import { reasonFields } from "./rejection.js";

type State = "handshake" | "open" | "ended";

/**
 * One client: its requests in, one after the other, its frames out, in order. to the runner it is the principal
 * of its calls, to the live queries a viewer.
 */
export class Connection implements Client, OutboxOwner {
  readonly connection: bigint;
  readonly address: AddressSlot;
  caller: bigint | undefined = undefined;
  group: string | undefined = undefined;
  readonly session: Record<string, unknown> = {};
  /** Milliseconds of the monotonic clock when the client last gave a sign of life. */
  heardAt: number;
  readonly openedAt: number;
  readonly #webSocket: WebSocket;
  readonly #instance: ConnectionHost;
  readonly #outbox: Outbox;
  readonly #limits: RateLimits;
  readonly #requests = new RequestQueue();
  #layers = new LayerStack();
  #state: State = "handshake";
  /** A request, or the hooks, are running. */
  #busy = false;
  #running = "";
  #paused = false;

  constructor(instance: ConnectionHost, webSocket: WebSocket, socket: Duplex, address: AddressSlot) {
    this.#instance = instance;
    this.#webSocket = webSocket;
    this.connection = instance.engine.store.nextId();
    this.address = address;
    this.heardAt = this.openedAt = performance.now();
    this.#outbox = new Outbox(socket, instance.outboxes, this);
    this.#limits = new RateLimits(instance.limits, this.heardAt);
    webSocket.on("message", this.#onMessage);
    webSocket.on("pong", () => (this.heardAt = performance.now()));
    webSocket.on("ping", () => this.#onPing());
    webSocket.on("error", (error) => instance.log.connectionError(this, error));
    webSocket.on("close", (code, reason) => this.#end(code, reason.toString()));
  }

  get admin(): boolean {
    return this.group === "admin";
  }

  get gone(): boolean {
    return this.#state === "ended";
  }

  get shaken(): boolean {
    return this.#state !== "handshake";
  }

  get paused(): boolean {
    return this.#paused;
  }

  get stalledAt(): number | undefined {
    return this.#outbox.stalledAt;
  }

  get settled(): boolean {
    return !this.#busy && this.#requests.length === 0 && this.#outbox.empty;
  }

  sessionValue(name: string): ColumnValue | undefined {
    const property = this.#instance.sessionProperty(name);
    return property === undefined ? undefined : (this.session[property] as ColumnValue | undefined);
  }

  deliver(update: LiveUpdate): void {
    this.#instance.outboxes.counters.pushedUpdates++;
    this.#outbox.pushUpdate(update);
  }

  /** Sends an event once everything before it has left and `position` is durable. */
  sendEvent(frame: Uint8Array, position: number): void {
    if (this.#state !== "open") return;
    this.#instance.outboxes.counters.pushedEvents++;
    this.#outbox.push(frame, position);
  }

  ping(): void {
    if (this.#webSocket.readyState === this.#webSocket.OPEN) this.#webSocket.ping();
  }

  /** Ends the connection. What has not left yet is dropped; the `@on(disconnect)` systems run. */
  close(code: CloseCode, reason: string): void {
    if (this.#state === "ended") return;
    this.#webSocket.close(code, fitReason(reason));
    this.#end(code, reason);
  }

  /** Cuts the connection without a close handshake. */
  terminate(): void {
    this.#webSocket.terminate();
  }

  onOverflow(bytes: number): void {
    this.#instance.outboxes.counters.slowReaders++;
    const reason = `slow reader: ${bytes} bytes wait, over max_backlog (${this.#instance.limits.maxBacklog})`;
    this.#outbox.close();
    // This may come out of `deliver`, from where the live queries must not be called.
    process.nextTick(() => this.close(CloseCode.tryAgainLater, reason));
  }

  onRoom(): void {
    this.#pump();
  }

  /** Goes on after the hold of its instance has ended. */
  resume(): void {
    this.#pump();
  }

  readonly #onMessage = (data: Buffer, isBinary: boolean): void => {
    if (this.#state === "ended") return;
    const now = performance.now();
    this.heardAt = now;
    const counters = this.#instance.outboxes.counters;
    counters.receivedMessages++;
    counters.receivedBytes += data.length;
    if (!isBinary) {
      this.close(CloseCode.unsupportedData, TEXT_FRAME);
      return;
    }
    if (this.#state === "handshake") {
      this.#shakeHands(data);
      return;
    }
    const allowed = this.#limits.message(now);
    if (allowed === "flood") {
      this.close(CloseCode.policyViolation, this.#limits.flood);
      return;
    }
    const message = this.#decode(data);
    if (message === undefined) return;
    const request = readRequest(message);
    if (request.kind === "malformed") {
      this.#refuse(CloseCode.protocolError, request.reason);
      return;
    }
    if (request.kind === "motd") {
      // Outside of the outbox and its bound: a reader that lags is not greeted.
      if (allowed === "within" && !this.#outbox.isFull()) this.#webSocket.send(this.#instance.motd);
      return;
    }
    this.#take(request, allowed === "over" ? this.#limits.rate : undefined, now);
  };

  /** Takes the layers off. @returns `undefined` when that failed and the connection has ended. */
  #decode(data: Uint8Array): Uint8Array | undefined {
    try {
      return this.#layers.decode(data);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.#refuse(CloseCode.protocolError, error.message);
      return undefined;
    }
  }

  /** Ends the connection because of what it sent. */
  #refuse(code: CloseCode, reason: string): void {
    this.#instance.log.malformed(this, reason);
    this.close(code, reason);
  }

  /** The library has answered it already, past the outbox: pings count as messages, and their answers must be read. */
  #onPing(): void {
    this.heardAt = performance.now();
    if (this.#limits.message(this.heardAt) === "flood") {
      this.close(CloseCode.policyViolation, this.#limits.flood);
    } else if (this.#webSocket.bufferedAmount > this.#instance.limits.maxBacklog) {
      this.onOverflow(this.#webSocket.bufferedAmount);
    }
  }

  /** Queues a request, or starts it at once; `over` tells which limit the message is above. */
  #take(request: Request, over: string | undefined, now: number): void {
    let next = request;
    if (request.kind === "rpc" || request.kind === "once") {
      const reason = over ?? this.#limits.call(request.name, this.#instance.callLimit(request.name), now);
      if (reason !== undefined) {
        this.#instance.outboxes.counters.rateLimited++;
        next = { kind: "limited", name: request.name, reason };
      }
    }
    if (this.#busy || this.#requests.length > 0 || this.#instance.held || this.#outbox.isFull()) {
      this.#requests.push(next);
      if (!this.#paused && this.#requests.length >= this.#instance.limits.pendingRequests) this.#pause();
      return;
    }
    this.#start(next);
  }

  #start(request: Request): void {
    const { engine } = this.#instance;
    switch (request.kind) {
      case "rpc":
      case "once":
        if (this.#instance.stopping) {
          this.#outbox.push(writeRejection(request.name, "SHUTTING_DOWN", reasonFields("the server stops")), 0);
          return;
        }
        this.#busy = true;
        this.#running = request.name;
        this.#instance.workBegun();
        engine.runner
          .call(
            request.kind === "rpc"
              ? { name: request.name, args: request.args, principal: this }
              : { name: request.name, args: request.args, principal: this, once: request.id },
          )
          .then(this.#onOutcome, this.#onFault);
        return;
      case "sub":
        this.#subscribe(request);
        return;
      case "unsub":
        this.#instance.subscriptions.remove(this, request.subscription);
        engine.live.unsubscribe(this, request.subscription);
        return;
      case "clock":
        this.#outbox.push(writeClock(Date.now()), 0);
        return;
      case "limited":
        this.#outbox.push(writeRejection(request.name, "RATE_LIMITED", reasonFields(request.reason)), 0);
        return;
    }
  }

  #subscribe(request: Request & { kind: "sub" }): void {
    let result: MaybePromise<SubscribeResult>;
    try {
      result = this.#instance.engine.live.subscribe(this, request.query);
    } catch (error) {
      this.#fail(error);
      return;
    }
    if (!(result instanceof Promise)) {
      this.#onSubscribed(request, result);
      return;
    }
    this.#busy = true;
    this.#instance.workBegun();
    result.then((late) => {
      this.#onSubscribed(request, late);
      this.#instance.workEnded();
      this.#finish();
    }, this.#onFault);
  }

  readonly #onOutcome = (outcome: CallOutcome): void => {
    if (this.#state !== "ended") {
      if (outcome.status === "ok") this.#outbox.push(writeResponse(hetu1Form(outcome.result)), outcome.position);
      else if (outcome.status === "rejected") {
        this.#outbox.push(
          writeRejection(this.#running, outcome.code, outcome.fields && hetu1Form(outcome.fields)),
          outcome.position,
        );
      } else {
        this.#outbox.push(writeFailure(this.#running, this.#instance.failure(outcome.error)), outcome.position);
      }
    }
    if (outcome.status === "failed") this.#instance.log.callFailed(this.#running, this, outcome.error);
    this.#instance.workEnded();
    this.#finish();
  };

  readonly #onFault = (error: unknown): void => {
    this.#fail(error);
    this.#instance.workEnded();
    this.#finish();
  };

  /** The runner and the live queries promise not to fail; if they do, this connection alone pays. */
  #fail(error: unknown): void {
    this.#instance.log.fault(this, error);
    this.close(CloseCode.internalError, "internal error");
  }

  #onSubscribed(request: Request & { kind: "sub" }, result: SubscribeResult): void {
    if (this.#state === "ended") {
      if (result.status === "subscribed") this.#instance.engine.live.drop(this);
      return;
    }
    if (result.status === "subscribed") {
      this.#instance.subscriptions.add(this, result.subscription, request.query);
      this.#outbox.push(result.hetu1(), result.position);
      return;
    }
    if (result.status === "refused") this.#instance.log.refusedSubscription(this, result.reason);
    this.#outbox.push(writeNotSubscribed(result.kind), result.position);
  }

  #finish(): void {
    this.#busy = false;
    if (this.#state === "ended") this.#instance.disconnected(this);
    else this.#pump();
  }

  #pump(): void {
    while (!this.#busy && this.#state === "open" && !this.#instance.held && !this.#outbox.isFull()) {
      const next = this.#requests.shift();
      if (next === undefined) break;
      this.#start(next);
    }
    if (this.#paused && this.#requests.length * 2 <= this.#instance.limits.pendingRequests) this.#unpause();
  }

  #shakeHands(data: Buffer): void {
    const handshake = shakeHands(data, this.#instance.layers.hetu1);
    if (handshake.status === "refused") {
      if (handshake.answer !== undefined) this.#webSocket.send(handshake.answer, { binary: true });
      this.#refuse(handshake.code, handshake.reason);
      return;
    }
    this.#state = "open";
    this.#layers = this.#outbox.layers = handshake.layers;
    this.#webSocket.send(handshake.answer, { binary: true });
    this.#instance.opened(this);
    const { runner } = this.#instance.engine;
    if (!runner.recordsConnections && runner.triggered("connect").length === 0) return;
    this.#busy = true;
    void this.#instance.runHooks("connect", this).then((refusal) => {
      if (refusal !== undefined) this.close(refusal.code, refusal.reason);
      this.#finish();
    });
  }

  #end(code: number, reason: string): void {
    if (this.#state === "ended") return;
    const wasOpen = this.#state === "open";
    this.#state = "ended";
    this.#outbox.close();
    this.#layers.close();
    this.#requests.clear();
    this.#unpause();
    this.#instance.ended(this, code, reason, wasOpen);
    if (!wasOpen) return;
    this.#instance.engine.live.drop(this);
    if (!this.#busy) this.#instance.disconnected(this);
  }

  #pause(): void {
    this.#paused = true;
    this.#webSocket.pause();
  }

  #unpause(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#webSocket.resume();
  }
}
