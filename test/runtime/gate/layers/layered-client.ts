import { once } from "node:events";
import { WebSocket } from "ws";
import { decodeMessage, encodeMessage, readHandshake, writeHandshake } from "../../../../runtime/wire/frames.js";
import { type ClientLayerFactory, LayerStack } from "../../../../runtime/wire/layers/index.js";

/** A client of hetu.1 without any cleverness, but with layers. Text frames are their text. */
export class LayeredClient {
  readonly socket: WebSocket;
  readonly closed: Promise<{ code: number; reason: string }>;
  /** Binary messages as they came over the wire, the handshake's answer first. */
  readonly raw: Buffer[] = [];
  stack = new LayerStack();
  readonly #messages: (Buffer | string)[] = [];
  #wake: () => void = () => undefined;

  constructor(url: string) {
    this.socket = new WebSocket(url, { perMessageDeflate: false });
    this.closed = once(this.socket, "close").then(([code, reason]) => ({ code: Number(code), reason: String(reason) }));
    this.socket.on("error", () => undefined);
    this.socket.on("message", (data: Buffer, isBinary) => {
      if (isBinary) this.raw.push(data);
      this.#messages.push(isBinary ? data : data.toString());
      this.#wake();
    });
  }

  /** Connects and sends these entries; the answer is left to be taken. */
  static async greet(port: number, entries: readonly Uint8Array[], instance = "world"): Promise<LayeredClient> {
    const client = new LayeredClient(`ws://127.0.0.1:${port}/hetu/${instance}`);
    await once(client.socket, "open");
    client.socket.send(writeHandshake(entries));
    return client;
  }

  /** Connects and shakes hands. */
  static async open(port: number, factories: readonly ClientLayerFactory[], instance?: string): Promise<LayeredClient> {
    const layers = factories.map((make) => make());
    const client = await LayeredClient.greet(
      port,
      layers.map((layer) => layer.hello()),
      instance,
    );
    const answers = readHandshake((await client.message()) as Buffer);
    client.stack = new LayerStack(layers.map((layer, i) => layer.finish(answers[i] ?? new Uint8Array(0))));
    return client;
  }

  send(...frame: readonly unknown[]): void {
    this.socket.send(this.stack.encode(encodeMessage(frame)));
  }

  /** The next message as it came. */
  async message(): Promise<Buffer | string> {
    for (;;) {
      const message = this.#messages.shift();
      if (message !== undefined) return message;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** The next frame, layers taken off. */
  async next(): Promise<readonly unknown[]> {
    const message = await this.message();
    if (typeof message === "string") return [message];
    return decodeMessage(this.stack.decode(message)) as readonly unknown[];
  }

  call(name: string, ...args: readonly unknown[]): Promise<readonly unknown[]> {
    this.send("rpc", name, ...args);
    return this.next();
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}
