import { WireError } from "../wire/frames.js";
import type { Hello } from "../wire/hetu2/client-frames.js";
import type { ConnectionHost } from "./client.js";
import { CloseCode } from "./close-code.js";
import type { FlowOwner, RequestFlow } from "./request-flow.js";
import type { Link } from "./link.js";
import type { Outbox } from "./outbox.js";
import type { Protocol } from "./protocol.js";
import type { ImmediateRequest, Request } from "./request.js";

export interface IntakeOwner extends FlowOwner {
  /** A hello is what must come next. */
  readonly awaitsHello: boolean;
  onHello(hello: Hello): void;
  /** More waits for the reader than allowed. */
  onOverflow(bytes: number): void;
}

/** Takes the messages of a client apart, and counts them: requests go to the flow, some are answered past it. */
export class Intake {
  readonly #client: IntakeOwner;
  readonly #host: ConnectionHost;
  readonly #link: Link;
  readonly #protocol: Protocol;
  readonly #flow: RequestFlow;
  readonly #outbox: Outbox;
  /** What came with the last bytes that were read from the socket, though too much waits. Not decoded: it may inflate. */
  #unread: Uint8Array[] = [];

  constructor(
    client: IntakeOwner,
    host: ConnectionHost,
    parts: { readonly link: Link; readonly protocol: Protocol; readonly flow: RequestFlow; readonly outbox: Outbox },
  ) {
    this.#client = client;
    this.#host = host;
    this.#link = parts.link;
    this.#protocol = parts.protocol;
    this.#flow = parts.flow;
    this.#outbox = parts.outbox;
  }

  read(data: Uint8Array, now: number): void {
    if (this.#flow.paused || this.#unread.length > 0) this.#unread.push(data);
    else this.#decode(data, now);
  }

  /** Less waits: goes on with what has come, and then with the socket. */
  goOn(): void {
    const now = performance.now();
    const unread = this.#unread;
    let read = 0;
    for (; read < unread.length && !this.#flow.paused && !this.#client.gone; read++) {
      this.#decode(unread[read] as Uint8Array, now);
    }
    this.#unread = this.#client.gone ? [] : unread.slice(read);
    if (!this.#flow.paused) this.#link.resume();
  }

  #decode(data: Uint8Array, now: number): void {
    try {
      const message = this.#link.layers.decode(data);
      let bytes = message.length;
      for (const request of this.#protocol.read(message)) {
        if (this.#take(request, now, bytes)) bytes = 0;
        // A frame may end the connection; what stands behind it is not looked at.
        if (this.#client.gone) return;
      }
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.refuse(CloseCode.protocolError, error.message);
    }
  }

  /** The library has answered it already, past the outbox: pings count as messages, and their answers must be read. */
  ping(now: number): void {
    if (this.#flow.limits.message(now) === "flood") {
      this.#client.close(CloseCode.policyViolation, this.#flow.limits.flood);
    } else {
      this.#checkBacklog();
    }
  }

  /** Ends the connection because of what it sent. */
  refuse(code: CloseCode, reason: string): void {
    this.#host.log.malformed(this.#client, reason);
    this.#client.close(code, reason);
  }

  /** @returns whether it waits, and stands for the bytes of its message. */
  #take(request: Request | ImmediateRequest, now: number, bytes: number): boolean {
    const { limits } = this.#flow;
    const allowed = limits.message(now);
    if (allowed === "flood") {
      this.#client.close(CloseCode.policyViolation, limits.flood);
      return false;
    }
    if ((request.kind === "hello") !== this.#client.awaitsHello) {
      this.refuse(CloseCode.protocolError, "hello is the first frame of a hetu.2 connection, and comes once");
      return false;
    }
    switch (request.kind) {
      case "hello":
        this.#client.onHello(request.hello);
        return false;
      case "motd":
        // Outside of the outbox and its bound: a reader that lags is not greeted.
        if (allowed === "within" && !this.#outbox.isFull()) this.#link.sendText(this.#host.motd);
        return false;
      case "ping":
        this.#pong();
        return false;
      default:
        return this.#flow.take(request, allowed === "over" ? limits.rate : undefined, now, bytes);
    }
  }

  #pong(): void {
    const pong = this.#protocol.pong();
    if (pong === undefined) return;
    this.#link.sendMessage(pong);
    this.#checkBacklog();
  }

  #checkBacklog(): void {
    if (this.#link.backlog > this.#host.limits.maxBacklog) this.#client.onOverflow(this.#link.backlog);
  }
}
