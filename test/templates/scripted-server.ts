import { type AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";
import { type Hello, readClientFrames, type Welcome, writeWelcome } from "../../runtime/wire/hetu2/frames.js";
import { decodeSequence, encodeMessage, readHandshake } from "../../runtime/wire/frames.js";
import type { ProtocolName } from "../fixtures/world/generated/client-ts/sdk/index.js";
import { Hetu2Frames, hetu1Frames, type ScriptedProtocol, type SeenFrame } from "./scripted-frames.js";

/** Values that are handed over in order to whoever waits for them. */
class Channel<T> {
  readonly #values: T[] = [];
  readonly #takers: ((value: T) => void)[] = [];

  put(value: T): void {
    const taker = this.#takers.shift();
    if (taker === undefined) this.#values.push(value);
    else taker(value);
  }

  take(): Promise<T> {
    const value = this.#values.shift();
    if (value !== undefined) return Promise.resolve(value);
    return new Promise((resolve) => this.#takers.push(resolve));
  }

  get waiting(): readonly T[] {
    return this.#values;
  }
}

/** What a scripted server does by itself. */
export interface ScriptedOptions {
  readonly port?: number;
  /** What it speaks; hetu.2 is selected when it is offered. */
  readonly protocol?: ProtocolName;
  /** `false`: the client's handshake stays without an answer. */
  readonly answersHandshake?: boolean;
  /** What differs from a plain welcome on hetu.2. */
  readonly welcome?: (hello: Hello) => Partial<Welcome>;
}

/** A server over a real WebSocket that only says what the test tells it to. */
export class ScriptedServer {
  readonly #server: WebSocketServer;
  readonly #connections = new Channel<ScriptedConnection>();
  /** Connections that were ever made. */
  connectionCount = 0;

  private constructor(server: WebSocketServer, options: ScriptedOptions) {
    this.#server = server;
    server.on("connection", (socket) => {
      this.connectionCount++;
      this.#connections.put(new ScriptedConnection(socket, options));
    });
  }

  static async start(options: ScriptedOptions = {}): Promise<ScriptedServer> {
    const server = new WebSocketServer({
      host: "127.0.0.1",
      port: options.port ?? 0,
      handleProtocols: (offered) => (options.protocol !== "hetu.1" && offered.has("hetu.2") ? "hetu.2" : false),
    });
    await new Promise((resolve) => server.once("listening", resolve));
    return new ScriptedServer(server, options);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/hetu/world`;
  }

  /** The next client that connects. */
  connection(): Promise<ScriptedConnection> {
    return this.#connections.take();
  }

  async stop(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

type FrameOf<Kind extends SeenFrame["kind"]> = Extract<SeenFrame, { kind: Kind }>;

/** One client as the server sees it. */
export class ScriptedConnection {
  readonly #socket: WebSocket;
  readonly #options: ScriptedOptions;
  readonly #frames = new Channel<SeenFrame>();
  readonly #raw = new Channel<unknown>();
  readonly #protocol: ScriptedProtocol;
  readonly closed: Promise<void>;
  /** Resolves with the client's hello, on hetu.2. */
  readonly greeted: Promise<Hello>;
  #hasGreeted: (hello: Hello) => void = () => undefined;
  #state: "shaking hands" | "greeting" | "open" = "shaking hands";

  constructor(socket: WebSocket, options: ScriptedOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#protocol = socket.protocol === "hetu.2" ? new Hetu2Frames() : hetu1Frames;
    this.closed = new Promise((resolve) => socket.once("close", () => resolve()));
    this.greeted = new Promise((resolve) => (this.#hasGreeted = resolve));
    socket.on("message", (data: Buffer) => this.#take(new Uint8Array(data)));
  }

  get protocol(): ProtocolName {
    return this.#protocol === hetu1Frames ? "hetu.1" : "hetu.2";
  }

  /** The next frame of the client. */
  next(): Promise<SeenFrame> {
    return this.#frames.take();
  }

  /** The next frame that nobody has asked for in this way, as it is on the wire. */
  nextRaw(): Promise<unknown> {
    return this.#raw.take();
  }

  /** The next frame of the client; it must be of this kind. */
  async expect<Kind extends SeenFrame["kind"]>(kind: Kind): Promise<FrameOf<Kind>> {
    const frame = await this.#frames.take();
    if (frame.kind !== kind) throw new Error(`the client sent ${JSON.stringify(frame.kind)} instead of ${kind}`);
    return frame as FrameOf<Kind>;
  }

  /** The next call; it must be of this system. Gives its arguments. */
  async expectCall(name: string): Promise<readonly unknown[]> {
    const frame = await this.expect("rpc");
    if (frame.name !== name) throw new Error(`the client called ${frame.name} instead of ${name}`);
    return frame.args;
  }

  /** Frames that have come and that nobody has asked for. */
  get unread(): readonly SeenFrame[] {
    return this.#frames.waiting;
  }

  /** A frame as hetu.1 has it; on hetu.2, what stands for it there. */
  send(...frame: readonly unknown[]): void {
    this.sendBytes(this.#protocol.write(frame));
  }

  /** Frames as they are, in one message. */
  sendRaw(...frames: readonly (readonly unknown[])[]): void {
    this.sendBytes(Buffer.concat(frames.map((frame) => encodeMessage(frame))));
  }

  sendBytes(bytes: Uint8Array): void {
    this.#socket.send(bytes);
  }

  sendText(text: string): void {
    this.#socket.send(text);
  }

  /** `updt`, with rows by id. */
  update(subscription: string, rows: ReadonlyMap<bigint, unknown>): void {
    this.sendBytes(this.#protocol.update(subscription, rows));
  }

  /** Cuts the connection without a closing handshake. */
  drop(): void {
    this.#socket.terminate();
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  #take(bytes: Uint8Array): void {
    switch (this.#state) {
      case "shaking hands":
        if (readHandshake(bytes).length !== 0) throw new Error("a client of jsonb shakes hands with an empty array");
        this.#state = this.protocol === "hetu.1" ? "open" : "greeting";
        if (this.#options.answersHandshake !== false) this.sendBytes(Uint8Array.of(0x90));
        return;
      case "greeting":
        this.#greet(bytes);
        return;
      case "open":
        for (const frame of decodeSequence(bytes)) this.#raw.put(frame);
        for (const frame of this.#protocol.read(bytes)) this.#frames.put(frame);
    }
  }

  #greet(bytes: Uint8Array): void {
    const [hello] = readClientFrames(bytes);
    if (hello?.kind !== "hello") throw new Error("the client does not begin with a hello");
    this.#hasGreeted(hello);
    this.#state = "open";
    const plain = { time: START_TIME, description: undefined, token: undefined, resumeWindow: 0, resumed: false };
    if (this.#options.answersHandshake !== false) {
      this.sendBytes(writeWelcome({ ...plain, ...this.#options.welcome?.(hello) }));
    }
  }
}

/** The server's clock when a session begins. */
export const START_TIME = 1_700_000_000_000;
