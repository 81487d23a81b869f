import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { SUBPROTOCOL } from "../wire/hetu2/kinds.js";
import { LayerStack, type ServerLayer } from "../wire/layers/index.js";
import type { AddressSlot } from "./address-limits.js";
import { type CloseCode, fitReason } from "./close-code.js";
import { type Handshake, shakeHands } from "./handshake.js";

/** What a connection is told of its link. */
export interface LinkParts {
  readonly socket: Duplex;
  readonly address: AddressSlot;
  /** Whether nobody on the way can read along, even without layers. */
  readonly isPrivate: boolean;
}

export interface LinkOwner {
  onMessage(data: Buffer, isBinary: boolean): void;
  onPing(): void;
  onPong(): void;
  onError(error: Error): void;
  onClosed(code: number, reason: string): void;
}

/** The WebSocket of a client, and the layers that its messages go through. */
export class Link {
  readonly address: AddressSlot;
  layers = new LayerStack();
  readonly #webSocket: WebSocket;
  #isPrivate: boolean;

  constructor(webSocket: WebSocket, { address, isPrivate }: LinkParts, owner: LinkOwner) {
    this.#webSocket = webSocket;
    this.address = address;
    this.#isPrivate = isPrivate;
    webSocket.on("message", (data: Buffer, isBinary) => owner.onMessage(data, isBinary));
    webSocket.on("pong", () => owner.onPong());
    webSocket.on("ping", () => owner.onPing());
    webSocket.on("error", (error) => owner.onError(error));
    webSocket.on("close", (code, reason) => owner.onClosed(code, reason.toString()));
  }

  get speaksHetu2(): boolean {
    return this.#webSocket.protocol === SUBPROTOCOL;
  }

  /** Whether a secret can be told over it. */
  get isPrivate(): boolean {
    return this.#isPrivate;
  }

  /** Bytes that the library holds for the socket. */
  get backlog(): number {
    return this.#webSocket.bufferedAmount;
  }

  /** Answers the client's handshake; after it messages go through the layers. */
  shakeHands(data: Buffer, layers: readonly ServerLayer[] | undefined): Handshake {
    const handshake = shakeHands(data, layers);
    if (handshake.answer !== undefined) this.#webSocket.send(handshake.answer, { binary: true });
    if (handshake.status === "shaken") {
      if (layers?.some(({ name }) => name === "crypto") === true) this.#isPrivate = true;
      this.layers = handshake.layers;
    }
    return handshake;
  }

  /** Past the outbox. */
  sendMessage(message: Uint8Array): void {
    this.#webSocket.send(this.layers.encode(message), { binary: true });
  }

  /** Past the outbox, the layers and their order. */
  sendText(text: string): void {
    this.#webSocket.send(text);
  }

  ping(): void {
    if (this.#webSocket.readyState === this.#webSocket.OPEN) this.#webSocket.ping();
  }

  pause(): void {
    this.#webSocket.pause();
  }

  resume(): void {
    this.#webSocket.resume();
  }

  close(code: CloseCode, reason: string): void {
    this.#webSocket.close(code, fitReason(reason));
  }

  /** Cuts the link without a close handshake. */
  terminate(): void {
    this.#webSocket.terminate();
  }
}
