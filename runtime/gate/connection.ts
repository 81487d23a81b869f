import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { LiveUpdate } from "../live/contract.js";
import type { ColumnValue } from "../schema/component.js";
import { WireError } from "../wire/frames.js";
import type { Hello } from "../wire/hetu2/client-frames.js";
import { SUBPROTOCOL } from "../wire/hetu2/kinds.js";
import { LayerStack } from "../wire/layers/index.js";
import type { AddressSlot } from "./address-limits.js";
import type { ConnectionHost, Refusal } from "./client.js";
import { CloseCode, fitReason } from "./close-code.js";
import { shakeHands } from "./handshake.js";
import { hetu1 } from "./hetu1.js";
import { Hetu2 } from "./hetu2.js";
import { Outbox, type OutboxOwner } from "./outbox.js";
import type { OutgoingEvent } from "./outgoing-event.js";
import type { Protocol } from "./protocol.js";
import { RateLimits } from "./rate-limits.js";
import { kicked, TEXT_FRAME } from "./refusals.js";
import type { ImmediateRequest, Request } from "./request.js";
import { type FlowOwner, RequestFlow } from "./request-flow.js";
import { SessionHistory } from "./session-history.js";
import { welcome } from "./welcome.js";

/** Layers shake hands; on hetu.2 a hello is awaited, and perhaps the end of the link before; then requests are taken. */
type State = "handshake" | "greeting" | "taking over" | "open" | "ended";

/** What a connection is told of its link. */
export interface LinkParts {
  readonly socket: Duplex;
  readonly address: AddressSlot;
  /** Whether nobody on the way can read along, even without layers. */
  readonly isPrivate: boolean;
}

/**
 * One client: its requests in, one after the other, its frames out, in order. To the runner it is the principal
 * of its calls, to the live queries a viewer.
 */
export class Connection implements FlowOwner, OutboxOwner {
  connection: bigint;
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
  readonly #protocol: Protocol;
  readonly #flow: RequestFlow;
  #isPrivate: boolean;
  #history = new SessionHistory();
  #layers = new LayerStack();
  #state: State = "handshake";
  /** It waits for its client to come back, on another link. */
  #parked = false;
  /** Another link goes on with it; called once nothing of it runs any more. */
  #onHandedOver: (() => void) | undefined = undefined;
  /** Why it may not stay: the hooks of `connect` say so, or it was kicked while another link waited for it. */
  #refusal: Refusal | undefined = undefined;

  constructor(instance: ConnectionHost, webSocket: WebSocket, { socket, address, isPrivate }: LinkParts) {
    this.#instance = instance;
    this.#webSocket = webSocket;
    this.connection = instance.engine.ids.nextId();
    this.address = address;
    this.heardAt = this.openedAt = performance.now();
    this.#protocol = webSocket.protocol === SUBPROTOCOL ? new Hetu2(instance) : hetu1;
    this.#isPrivate = isPrivate;
    this.#outbox = new Outbox(socket, instance.outboxes, this);
    this.#outbox.framing = this.#protocol.framing;
    const limits = new RateLimits(instance.limits, this.heardAt);
    this.#flow = new RequestFlow(this, instance, this.#outbox, this.#protocol, limits);
    webSocket.on("message", this.#onMessage);
    webSocket.on("pong", () => (this.heardAt = performance.now()));
    webSocket.on("ping", () => this.#onPing());
    webSocket.on("error", (error) => instance.log.connectionError(this, error));
    // 1000 and 1001 are goodbyes: the program ends the session, the page is left. Everything else is a broken link.
    webSocket.on("close", (code, reason) => this.#end(code, reason.toString(), code !== 1000 && code !== 1001));
  }

  get admin(): boolean {
    return this.group === "admin";
  }

  get protocol(): Protocol["name"] {
    return this.#protocol.name;
  }

  get gone(): boolean {
    return this.#state === "ended";
  }

  get over(): boolean {
    return this.gone && !this.#parked && this.#onHandedOver === undefined;
  }

  get shaken(): boolean {
    return this.#state !== "handshake" && this.#state !== "greeting";
  }

  get paused(): boolean {
    return this.#flow.paused;
  }

  get stalledAt(): number | undefined {
    return this.#outbox.stalledAt;
  }

  get settled(): boolean {
    return this.#flow.empty && this.#outbox.empty;
  }

  sessionValue(name: string): ColumnValue | undefined {
    const property = this.#instance.sessionProperty(name);
    return property === undefined ? undefined : (this.session[property] as ColumnValue | undefined);
  }

  deliver(update: LiveUpdate): void {
    this.#instance.outboxes.counters.pushedUpdates++;
    this.#history.position = update.position;
    this.#outbox.pushUpdate(update);
  }

  onPosition(position: number): void {
    this.#history.position = position;
  }

  forgetPositions(): void {
    this.#history.forget();
    this.#protocol.forget();
  }

  identityChanged(): void {
    this.#history.identityChanged();
    this.#protocol.forget();
  }

  /** Sends an event once everything before it has left and `position` is durable. */
  sendEvent(event: OutgoingEvent, position: number): void {
    if (this.#state !== "open") return;
    this.#instance.outboxes.counters.pushedEvents++;
    this.#outbox.push(this.#protocol.event(event), position);
  }

  ping(): void {
    if (this.#webSocket.readyState === this.#webSocket.OPEN) this.#webSocket.ping();
  }

  /**
   * Ends the connection. What has not left yet is dropped; the `@on(disconnect)` systems run, after the resume window
   * when it only was too slow or too quiet.
   */
  close(code: CloseCode, reason: string): void {
    this.#close(code, reason, code === CloseCode.tryAgainLater || code === CloseCode.timeout);
  }

  restart(reason: string): void {
    this.#close(CloseCode.goingAway, reason, true);
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
    this.#flow.pump();
  }

  /** Goes on after the hold of its instance has ended. */
  resume(): void {
    this.#flow.pump();
  }

  onFinished(): void {
    if (this.#state !== "ended") this.#flow.pump();
    else if (this.#onHandedOver !== undefined) this.#onHandedOver();
    else if (!this.#parked) this.#instance.disconnected(this);
  }

  expire(): void {
    this.#parked = false;
    if (!this.#flow.busy) this.#instance.disconnected(this);
  }

  kick(): void {
    this.#refusal = { code: CloseCode.kicked, reason: kicked(this.caller) };
  }

  stopReading(): void {
    this.#webSocket.pause();
  }

  goOnReading(): void {
    this.#webSocket.resume();
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
    } else if (this.#state === "handshake") {
      this.#shakeHands(data);
    } else {
      this.#read(data, now);
    }
  };

  /** Takes a message apart. */
  #read(data: Uint8Array, now: number): void {
    try {
      for (const request of this.#protocol.read(this.#layers.decode(data))) {
        this.#take(request, now);
        // A frame may end the connection; what stands behind it is not looked at.
        if (this.#state === "ended") return;
      }
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.#refuse(CloseCode.protocolError, error.message);
    }
  }

  #take(request: Request | ImmediateRequest, now: number): void {
    const { limits } = this.#flow;
    const allowed = limits.message(now);
    if (allowed === "flood") {
      this.close(CloseCode.policyViolation, limits.flood);
      return;
    }
    if ((request.kind === "hello") !== (this.#state === "greeting")) {
      this.#refuse(CloseCode.protocolError, "hello is the first frame of a hetu.2 connection, and comes once");
      return;
    }
    switch (request.kind) {
      case "hello":
        this.#greet(request.hello);
        return;
      case "motd":
        // Outside of the outbox and its bound: a reader that lags is not greeted.
        if (allowed === "within" && !this.#outbox.isFull()) this.#webSocket.send(this.#instance.motd);
        return;
      case "ping":
        this.#pong();
        return;
      default:
        this.#flow.take(request, allowed === "over" ? limits.rate : undefined, now);
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
    if (this.#flow.limits.message(this.heardAt) === "flood") {
      this.close(CloseCode.policyViolation, this.#flow.limits.flood);
    } else {
      this.#checkBacklog();
    }
  }

  #pong(): void {
    const pong = this.#protocol.pong();
    if (pong === undefined) return;
    this.#webSocket.send(this.#layers.encode(pong), { binary: true });
    this.#checkBacklog();
  }

  #checkBacklog(): void {
    const { bufferedAmount } = this.#webSocket;
    if (bufferedAmount > this.#instance.limits.maxBacklog) this.onOverflow(bufferedAmount);
  }

  #shakeHands(data: Buffer): void {
    const { hetu1: plain, hetu2: greeted } = this.#instance.layers;
    const layers = this.#protocol.greets ? greeted : plain;
    const handshake = shakeHands(data, layers);
    if (handshake.status === "refused") {
      if (handshake.answer !== undefined) this.#webSocket.send(handshake.answer, { binary: true });
      this.#refuse(handshake.code, handshake.reason);
      return;
    }
    if (layers?.some(({ name }) => name === "crypto") === true) this.#isPrivate = true;
    this.#layers = this.#outbox.layers = handshake.layers;
    this.#webSocket.send(handshake.answer, { binary: true });
    if (this.#protocol.greets) this.#state = "greeting";
    else this.#open();
  }

  /** Begins a session, or goes on with one whose link has dropped. */
  #greet(hello: Hello): void {
    const before = hello.resume && this.#instance.sessions.take(hello.resume.token);
    if (hello.resume === undefined || !(before instanceof Connection)) {
      this.#welcome(hello, false);
      this.#open();
      return;
    }
    const { position } = hello.resume;
    this.#state = "taking over";
    const handed = before.#handOver();
    const goOn = (): void => {
      this.#adopt(before, position);
      if (this.#state === "ended") return;
      this.#state = "open";
      this.#welcome(hello, true);
      if (before.#refusal !== undefined) this.close(before.#refusal.code, before.#refusal.reason);
    };
    if (handed === undefined) goOn();
    else void this.#flow.during(handed.then(goOn));
  }

  #welcome(hello: Hello, resumed: boolean): void {
    const { sessions, names } = this.#instance;
    const resumable = sessions.window > 0 && this.#isPrivate;
    const token = resumable ? sessions.issue(this) : undefined;
    this.#outbox.push(welcome(hello, names, { token, window: resumable ? sessions.window : 0, resumed }), 0);
  }

  #open(): void {
    this.#state = "open";
    this.#instance.opened(this);
    const { runner } = this.#instance.engine;
    if (!runner.recordsConnections && runner.triggered("connect").length === 0) return;
    const hooks = this.#instance.runHooks("connect", this).then((refusal) => {
      this.#refusal ??= refusal;
      if (refusal !== undefined) this.close(refusal.code, refusal.reason);
    });
    void this.#flow.during(hooks);
  }

  /** Ends the link in favour of another one. @returns a promise of the moment when nothing runs any more. */
  #handOver(): Promise<void> | undefined {
    this.#parked = false;
    const handedOver = new Promise<void>((resolve) => (this.#onHandedOver = resolve));
    this.#close(CloseCode.goingAway, "the session goes on over another connection", false);
    return this.#flow.busy ? handedOver : undefined;
  }

  /** Goes on as the connection that it was. */
  #adopt(before: Connection, position: number): void {
    this.#instance.sessions.handedOver(before);
    this.connection = before.connection;
    this.caller = before.caller;
    this.group = before.group;
    Object.assign(this.session, before.session);
    this.#flow.limits = before.#flow.limits;
    this.#history = before.#history;
    if (this.#protocol instanceof Hetu2) this.#protocol.since = this.#history.since(position);
    this.#instance.resumed(this);
    if (this.#state === "ended") this.#instance.disconnected(this);
  }

  #close(code: CloseCode, reason: string, resumable: boolean): void {
    if (this.#state === "ended") return;
    this.#webSocket.close(code, fitReason(reason));
    this.#end(code, reason, resumable);
  }

  #end(code: number, reason: string, resumable: boolean): void {
    if (this.#state === "ended") return;
    const wasOpen = this.#state === "open";
    this.#state = "ended";
    this.#outbox.close();
    this.#layers.close();
    this.#flow.clear();
    this.#instance.ended(this, code, reason, wasOpen);
    if (!wasOpen) return;
    this.#instance.engine.live.drop(this);
    const { sessions } = this.#instance;
    if (this.#onHandedOver !== undefined) return;
    this.#parked = resumable && !this.#instance.stopping && sessions.park(this);
    if (this.#parked) return;
    sessions.end(this);
    if (!this.#flow.busy) this.#instance.disconnected(this);
  }
}
