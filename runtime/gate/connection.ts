import type { WebSocket } from "ws";
import type { LiveUpdate } from "../live/contract.js";
import type { Hello } from "../wire/hetu2/client-frames.js";
import type { AddressSlot } from "./address-limits.js";
import type { ConnectionHost, Refusal } from "./client.js";
import { CloseCode } from "./close-code.js";
import { hetu1 } from "./hetu1.js";
import { Hetu2 } from "./hetu2.js";
import { Intake, type IntakeOwner } from "./intake.js";
import { Link, type LinkOwner, type LinkParts } from "./link.js";
import { Outbox, type OutboxOwner } from "./outbox.js";
import type { OutgoingEvent } from "./outgoing-event.js";
import type { Ending, Phase } from "./phases.js";
import type { Protocol } from "./protocol.js";
import { RateLimits } from "./rate-limits.js";
import { kicked, TEXT_FRAME } from "./refusals.js";
import { RequestFlow } from "./request-flow.js";
import { SessionHolder } from "./session-holder.js";
import { SessionState } from "./session-state.js";
import { type Predecessor, type Successor, takeOver } from "./takeover.js";
import { welcome } from "./welcome.js";

const STOPS = "the server stops";
const GOES_ON = "the session goes on over another connection";

/**
 * One client: its requests in, one after the other, its frames out, in order. To the runner it is the principal
 * of its calls, to the live queries a viewer.
 */
export class Connection extends SessionHolder implements IntakeOwner, OutboxOwner, LinkOwner, Predecessor, Successor {
  /** Milliseconds of the monotonic clock when the client last gave a sign of life. */
  heardAt: number;
  readonly openedAt: number;
  readonly #link: Link;
  readonly #instance: ConnectionHost;
  readonly #outbox: Outbox;
  readonly #protocol: Protocol;
  readonly #flow: RequestFlow;
  readonly #intake: Intake;
  protected override state: SessionState;
  #phase: Phase = "handshake";
  #ending: Ending = "ends";
  /** Another process goes on with it. */
  #isElsewhere = false;
  /** It has begun a session, or goes on with one. */
  #hasSession = false;
  /** Whether its client may come back, once its link has gone. */
  #isResumable = false;
  /** Its client may not have been told its newest token yet; the next frame proves it. */
  #awaitsSign = false;
  /** Called once nothing of a session that is handed over runs any more. */
  #onHandedOver: () => void = () => undefined;
  /** Why it may not stay: the hooks of `connect` say so, or it was kicked while another link waited for it. */
  #refusal: Refusal | undefined = undefined;

  /** @param id of the connection, unless its client comes back and goes on under another one. */
  constructor(instance: ConnectionHost, webSocket: WebSocket, parts: LinkParts, id: bigint) {
    super();
    this.#instance = instance;
    this.heardAt = this.openedAt = performance.now();
    const limits = new RateLimits(instance.limits, this.heardAt);
    this.state = new SessionState(id, limits);
    this.#link = new Link(webSocket, parts, this);
    this.#protocol = this.#link.speaksHetu2 ? new Hetu2(instance) : hetu1;
    this.#outbox = new Outbox(parts.socket, instance.outboxes, this);
    this.#outbox.framing = this.#protocol.framing;
    this.#flow = new RequestFlow(this, instance, this.#outbox, this.#protocol, limits);
    const ways = { link: this.#link, protocol: this.#protocol, flow: this.#flow, outbox: this.#outbox };
    this.#intake = new Intake(this, instance, ways);
  }

  get address(): AddressSlot {
    return this.#link.address;
  }

  get held(): SessionState | undefined {
    return this.#hasSession ? this.state : undefined;
  }

  get refusal(): Refusal | undefined {
    return this.#refusal;
  }

  get protocol(): Protocol["name"] {
    return this.#protocol.name;
  }

  get gone(): boolean {
    return this.#phase === "ended";
  }

  get over(): boolean {
    return this.gone && this.#ending !== "parked" && this.#ending !== "handed over";
  }

  get elsewhere(): boolean {
    return this.#isElsewhere;
  }

  get awaitsHello(): boolean {
    return this.#phase === "greeting";
  }

  get left(): boolean {
    return this.#ending === "left";
  }

  get shaken(): boolean {
    return this.#phase !== "handshake" && this.#phase !== "greeting";
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

  deliver(update: LiveUpdate): void {
    this.#instance.outboxes.counters.pushedUpdates++;
    this.state.history.position = update.position;
    this.#outbox.pushUpdate(update);
  }

  forgetPositions(): void {
    this.state.history.forget();
    this.#protocol.forget();
  }

  identityChanged(): void {
    this.state.history.identityChanged();
    this.#protocol.forget();
  }

  /** Sends an event once everything before it has left and `position` is durable. */
  sendEvent(event: OutgoingEvent, position: number): void {
    if (this.#phase !== "open") return;
    this.#instance.outboxes.counters.pushedEvents++;
    this.#outbox.push(this.#protocol.event(event), position);
  }

  ping(): void {
    this.#link.ping();
  }

  /**
   * Ends the connection. What has not left yet is dropped; the `@on(disconnect)` systems run, after the resume window
   * when it only was too slow or too quiet.
   */
  close(code: CloseCode, reason: string): void {
    const resumable = code === CloseCode.tryAgainLater || code === CloseCode.timeout;
    this.#close(code, reason, resumable || (code === CloseCode.goingAway && this.#instance.leaves(this)));
  }

  restart(reason: string): void {
    this.#close(CloseCode.goingAway, reason, true);
  }

  moveAway(): void {
    this.#isElsewhere = true;
    this.#instance.sessions.end(this);
    if (this.#phase !== "ended") this.#close(CloseCode.goingAway, GOES_ON, false);
    else if (this.#ending === "parked") this.expire();
  }

  terminate(): void {
    this.#link.terminate();
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

  drain(): void {
    const isIdle = this.#phase === "open" && this.settled;
    if (isIdle && this.#instance.leaves(this)) this.close(CloseCode.goingAway, STOPS);
  }

  onFinished(): void {
    if (this.#phase === "ended") {
      this.#over();
      return;
    }
    this.#flow.pump();
    // When the answer has left.
    if (this.#instance.stopping) setImmediate(() => this.drain());
  }

  expire(): void {
    this.#ending = this.#instance.leaves(this) ? "left" : "ends";
    if (!this.#flow.busy) this.#over();
  }

  kick(): void {
    this.#refusal = { code: CloseCode.kicked, reason: kicked(this.caller) };
  }

  protected override propertyOf(field: string): string | undefined {
    return this.#instance.sessionProperty(field);
  }

  stopReading(): void {
    this.#link.pause();
  }

  goOnReading(): void {
    this.#intake.goOn();
  }

  onMessage(data: Buffer, isBinary: boolean): void {
    if (this.#phase === "ended") return;
    const now = performance.now();
    this.heardAt = now;
    const counters = this.#instance.outboxes.counters;
    counters.receivedMessages++;
    counters.receivedBytes += data.length;
    if (!isBinary) {
      this.close(CloseCode.unsupportedData, TEXT_FRAME);
    } else if (this.#phase === "handshake") {
      this.#shakeHands(data);
    } else {
      if (this.#awaitsSign) {
        this.#awaitsSign = false;
        this.#instance.tokenShown(this);
      }
      this.#intake.read(data, now);
    }
  }

  onPong(): void {
    this.heardAt = performance.now();
  }

  onPing(): void {
    this.heardAt = performance.now();
    this.#intake.ping(this.heardAt);
  }

  onError(error: Error): void {
    this.#instance.log.connectionError(this, error);
  }

  /** 1000 and 1001 are goodbyes: the program ends the session, the page is left. Everything else is a broken link. */
  onClosed(code: number, reason: string): void {
    this.#end(code, reason, code !== 1000 && code !== 1001);
  }

  #shakeHands(data: Buffer): void {
    const { hetu1: plain, hetu2: greeted } = this.#instance.layers;
    const handshake = this.#link.shakeHands(data, this.#protocol.greets ? greeted : plain);
    if (handshake.status === "refused") {
      this.#intake.refuse(handshake.code, handshake.reason);
      return;
    }
    this.#outbox.layers = handshake.layers;
    if (this.#protocol.greets) this.#phase = "greeting";
    else this.#open(undefined);
  }

  /** Begins a session, or goes on with one whose link has dropped. */
  onHello(hello: Hello): void {
    const { resume } = hello;
    const { sessions } = this.#instance;
    const token = sessions.window > 0 && this.#link.isPrivate ? sessions.newToken() : undefined;
    if (resume === undefined) {
      this.#begin(hello, token);
      return;
    }
    this.#phase = "taking over";
    const taking = takeOver(this.#instance, this, { resume, next: token }, this.state.limits);
    void this.#flow.during(
      taking.then(({ resumed, refusal }) => {
        this.#refusal ??= refusal;
        if (resumed) this.#goOn(hello, token);
        else this.#beginAnew(hello, token);
      }),
    );
  }

  #begin(hello: Hello, token: Uint8Array | undefined): void {
    this.#welcome(hello, token, false);
    this.#open(token);
  }

  #welcome(hello: Hello, token: Uint8Array | undefined, resumed: boolean): void {
    const { sessions, names } = this.#instance;
    if (token !== undefined) sessions.issue(this, token);
    this.#outbox.push(welcome(hello, names, { token, window: token === undefined ? 0 : sessions.window, resumed }), 0);
  }

  #open(token: Uint8Array | undefined): void {
    this.#phase = "open";
    this.#hasSession = true;
    this.state.record = this.#instance.newRecord(token);
    this.#instance.opened(this);
    const { runner } = this.#instance.engine;
    if (!runner.recordsConnections && runner.triggered("connect").length === 0) return;
    const hooks = this.#instance.runHooks("connect", this).then((refusal) => {
      this.#refusal ??= refusal;
      if (refusal !== undefined) this.close(refusal.code, refusal.reason);
    });
    void this.#flow.during(hooks);
  }

  /** The token that the client gave leads nowhere. */
  #beginAnew(hello: Hello, token: Uint8Array | undefined): void {
    this.#instance.sessions.end(this);
    if (!this.gone) this.#begin(hello, token);
  }

  adopt(session: SessionState, position: number): void {
    this.state = session;
    this.#hasSession = true;
    this.#flow.limits = session.limits;
    if (this.#protocol instanceof Hetu2) this.#protocol.since = this.#instance.since(session.history, position);
    this.#instance.resumed(this);
  }

  #goOn(hello: Hello, token: Uint8Array | undefined): void {
    if (this.gone) {
      // Its client has not been told the next token, and may come back with the one that it gave.
      this.#leaveSession();
      return;
    }
    this.#phase = "open";
    this.#welcome(hello, token, true);
    // What its client sent before it could know the token proves nothing.
    setImmediate(() => (this.#awaitsSign = true));
    if (this.#refusal !== undefined) this.close(this.#refusal.code, this.#refusal.reason);
  }

  async handOver(): Promise<void> {
    this.#ending = "handed over";
    const handedOver = new Promise<void>((resolve) => (this.#onHandedOver = resolve));
    this.#close(CloseCode.goingAway, GOES_ON, false);
    if (this.#flow.busy) await handedOver;
  }

  #close(code: CloseCode, reason: string, resumable: boolean): void {
    if (this.#phase === "ended") return;
    this.#link.close(code, reason);
    this.#end(code, reason, resumable);
  }

  #end(code: number, reason: string, resumable: boolean): void {
    if (this.#phase === "ended") return;
    const before = this.#phase;
    this.#phase = "ended";
    this.#isResumable = resumable;
    this.#outbox.close();
    this.#link.layers.close();
    this.#flow.clear();
    this.#instance.ended(this, code, reason, this.#hasSession);
    if (before !== "open") return;
    this.#instance.engine.live.drop(this);
    this.#leaveSession();
  }

  /** The link has gone: decides what becomes of the session. */
  #leaveSession(): void {
    if (this.#ending === "handed over") return;
    const { sessions } = this.#instance;
    if (this.#ending === "ends" && this.#isResumable && this.#refusal === undefined && !this.#isElsewhere) {
      if (this.#instance.leaves(this)) this.#ending = "left";
      else if (!this.#instance.stopping && sessions.park(this)) {
        this.#ending = "parked";
        return;
      }
    }
    sessions.end(this);
    if (!this.#flow.busy) this.#over();
  }

  /** The link has gone, and nothing of it runs any more. */
  #over(): void {
    if (this.#ending === "handed over") this.#onHandedOver();
    else if (this.#ending !== "parked" && this.#hasSession) this.#instance.disconnected(this);
  }
}
