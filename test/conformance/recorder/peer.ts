import { once } from "node:events";
import { WebSocket } from "ws";
import { readTree, writeTree } from "../message-pack-tree.js";
import { fromHex, type Notation, objectOf, toHex } from "../notation.js";

export type Protocol = "hetu.1" | "hetu.2";

/** One message of a connection. */
export interface Message {
  readonly from: "client" | "server";
  readonly hex: string;
  /** The frames in it: one in hetu.1. */
  readonly frames: readonly Notation[];
}

/** Stands in the recordings where the server gave a random token. */
const FIXED_TOKEN = "00112233445566778899aabbccddeeff";

/** A connection to the real server that keeps what goes over it, and does nothing by itself. */
export class Peer {
  readonly protocol: Protocol;
  /** Everything behind the handshake. */
  readonly messages: Message[] = [];
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  readonly #came: (() => void)[] = [];
  #read = 0;
  #shaken = false;
  /** Tokens that went over it, in hex. */
  readonly #tokens: string[] = [];

  private constructor(socket: WebSocket, protocol: Protocol) {
    this.#socket = socket;
    this.protocol = protocol;
    this.closed = new Promise((resolve) => socket.once("close", (code) => resolve(code)));
    socket.on("message", (data: Buffer, isBinary) => {
      if (!isBinary) return;
      const hex = toHex(data);
      if (this.#shaken) this.#took(hex, readTree(data));
      else if (hex !== "90") throw new Error(`the server shook hands with ${hex}`);
      this.#shaken = true;
      for (const look of this.#came.splice(0)) look();
    });
  }

  /** @returns `undefined` when the server does not select the subprotocol. */
  static async open(port: number, protocol: Protocol): Promise<Peer | undefined> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/hetu/world`, protocol === "hetu.2" ? [protocol] : []);
    const refused = once(socket, "error").then(() => true);
    if (await Promise.race([once(socket, "open").then(() => false), refused])) return undefined;
    if (protocol === "hetu.2" && socket.protocol !== protocol) {
      socket.terminate();
      return undefined;
    }
    const peer = new Peer(socket, protocol);
    socket.send(fromHex("90"));
    while (!peer.#shaken) await peer.#next();
    return peer;
  }

  /** Sends one frame. */
  send(frame: Notation): void {
    const bytes = writeTree(frame);
    this.messages.push(this.#message("client", toHex(bytes)));
    this.#socket.send(bytes);
  }

  /** Says hello with a token of an earlier connection. */
  resume(fingerprint: Notation, earlier: Peer, position: number): Promise<Message[]> {
    this.#tokens.push(...earlier.#tokens);
    return this.ask([0, fingerprint, [{ $bin: earlier.#tokens.at(-1) ?? "" }, position]], 0);
  }

  /** The frames of the next message of the server that was not taken yet. */
  async take(): Promise<Message> {
    for (;;) {
      const message = this.messages[this.#read];
      if (message === undefined) await this.#next();
      else {
        this.#read++;
        if (message.from === "server") return message;
      }
    }
  }

  /**
   * Sends a request and takes what comes until its answer, the answer included.
   * @param kinds the kinds of frame that answer it.
   */
  async ask(frame: Notation, ...kinds: readonly (string | number)[]): Promise<Message[]> {
    this.send(frame);
    const taken: Message[] = [];
    for (;;) {
      const message = await this.take();
      taken.push(message);
      if (message.frames.some((each) => Array.isArray(each) && kinds.includes(each[0] as string | number))) {
        return taken;
      }
    }
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.closed;
  }

  /** Cuts the connection without a closing handshake. */
  async drop(): Promise<void> {
    this.#socket.terminate();
    await this.closed;
  }

  #took(hex: string, frames: readonly Notation[]): void {
    for (const frame of frames) {
      const token =
        this.protocol === "hetu.2" && Array.isArray(frame) && frame[0] === 0 ? (frame[3] as Notation) : null;
      const bin = objectOf(token)?.["$bin"];
      if (typeof bin === "string") this.#tokens.push(bin);
    }
    this.messages.push(this.#message("server", hex));
  }

  #message(from: Message["from"], sent: string): Message {
    const hex = this.#tokens.reduce((text, token) => text.replaceAll(token, FIXED_TOKEN), sent);
    return { from, hex, frames: readTree(fromHex(hex)) };
  }

  #next(): Promise<void> {
    return new Promise((resolve) => this.#came.push(resolve));
  }
}
