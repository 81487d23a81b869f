import { type AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";
import { type ClientFrame, encodeMessage, readClientFrame, readHandshake } from "../../runtime/wire/frames.js";

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

/** A server of hetu.1 over a real WebSocket that only says what the test tells it to. */
export class ScriptedServer {
  readonly #server: WebSocketServer;
  readonly #connections = new Channel<ScriptedConnection>();
  /** Connections that were ever made. */
  connectionCount = 0;

  private constructor(server: WebSocketServer, answersHandshake: boolean) {
    this.#server = server;
    server.on("connection", (socket) => {
      this.connectionCount++;
      this.#connections.put(new ScriptedConnection(socket, answersHandshake));
    });
  }

  static async start(
    options: { readonly port?: number; readonly answersHandshake?: boolean } = {},
  ): Promise<ScriptedServer> {
    const server = new WebSocketServer({ host: "127.0.0.1", port: options.port ?? 0 });
    await new Promise((resolve) => server.once("listening", resolve));
    return new ScriptedServer(server, options.answersHandshake ?? true);
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

type FrameOf<Kind extends ClientFrame["kind"]> = Extract<ClientFrame, { kind: Kind }>;

/** One client as the server sees it. */
export class ScriptedConnection {
  readonly #socket: WebSocket;
  readonly #frames = new Channel<ClientFrame>();
  readonly closed: Promise<void>;
  #shaken = false;

  constructor(socket: WebSocket, answersHandshake: boolean) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.once("close", () => resolve()));
    socket.on("message", (data: Buffer) => {
      const bytes = new Uint8Array(data);
      if (this.#shaken) {
        this.#frames.put(readClientFrame(bytes));
        return;
      }
      if (readHandshake(bytes).length !== 0) throw new Error("a client of jsonb shakes hands with an empty array");
      this.#shaken = true;
      if (answersHandshake) this.sendBytes(Uint8Array.of(0x90));
    });
  }

  /** The next frame of the client. */
  next(): Promise<ClientFrame> {
    return this.#frames.take();
  }

  /** The next frame of the client; it must be of this kind. */
  async expect<Kind extends ClientFrame["kind"]>(kind: Kind): Promise<FrameOf<Kind>> {
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
  get unread(): readonly ClientFrame[] {
    return this.#frames.waiting;
  }

  send(...frame: readonly unknown[]): void {
    this.sendBytes(encodeMessage(frame));
  }

  sendBytes(bytes: Uint8Array): void {
    this.#socket.send(bytes);
  }

  sendText(text: string): void {
    this.#socket.send(text);
  }

  /** `updt`, with rows by id. */
  update(subscription: string, rows: ReadonlyMap<bigint, unknown>): void {
    // A map of MessagePack with integer keys, which the encoder's objects cannot have.
    const parts = [...rows].map(([id, row]) => Buffer.concat([encodeMessage(id), encodeMessage(row)]));
    const head = [
      Buffer.from([0x93]),
      encodeMessage("updt"),
      encodeMessage(subscription),
      Buffer.from([0x80 | rows.size]),
    ];
    this.sendBytes(Buffer.concat([...head, ...parts]));
  }

  /** Cuts the connection without a closing handshake. */
  drop(): void {
    this.#socket.terminate();
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }
}
