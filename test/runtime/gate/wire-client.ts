import { once } from "node:events";
import { WebSocket } from "ws";
import { decodeMessage, encodeMessage } from "../../../runtime/wire/frames.js";

/** A frame as it came, or the text of a text frame. */
export type Received = readonly unknown[] | string;

export interface ConnectOptions {
  readonly headers?: Record<string, string>;
  readonly autoPong?: boolean;
  readonly protocol?: string;
  readonly ca?: string;
}

/** A client without any cleverness: frames in, frames out. */
export class WireClient {
  readonly socket: WebSocket;
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #received: Received[] = [];
  readonly #waiting: ((frame: Received) => void)[] = [];

  constructor(url: string, { protocol, ...options }: ConnectOptions = {}) {
    this.socket = new WebSocket(url, protocol ?? [], { perMessageDeflate: false, ...options });
    this.closed = new Promise((resolve) => {
      this.socket.once("close", (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    this.socket.on("error", () => undefined);
    this.socket.on("message", (data: Buffer, isBinary) => {
      const frame = isBinary ? (decodeMessage(data) as readonly unknown[]) : data.toString();
      const taker = this.#waiting.shift();
      if (taker === undefined) this.#received.push(frame);
      else taker(frame);
    });
  }

  /** Connects and shakes hands. */
  static async open(
    port: number,
    options: { headers?: Record<string, string>; instance?: string } = {},
  ): Promise<WireClient> {
    const client = new WireClient(`ws://127.0.0.1:${port}/hetu/${options.instance ?? "world"}`, options);
    await once(client.socket, "open");
    client.raw([0x90]);
    const answer = await client.next();
    if (answer.length !== 0) throw new Error(`handshake answered ${JSON.stringify(answer)}`);
    return client;
  }

  send(...frame: readonly unknown[]): void {
    this.socket.send(encodeMessage(frame));
  }

  raw(bytes: readonly number[] | Uint8Array): void {
    this.socket.send(Uint8Array.from(bytes));
  }

  /** The next frame, whatever it is. */
  next(): Promise<Received> {
    const frame = this.#received.shift();
    return frame === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(frame);
  }

  async take(count: number): Promise<Received[]> {
    const frames: Received[] = [];
    while (frames.length < count) frames.push(await this.next());
    return frames;
  }

  /** Sends a call and gives the next frame, which is its answer where nothing else is pushed. */
  call(name: string, ...args: readonly unknown[]): Promise<Received> {
    this.send("rpc", name, ...args);
    return this.next();
  }

  /** Frames that have come and were not taken. */
  get pending(): number {
    return this.#received.length;
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}
