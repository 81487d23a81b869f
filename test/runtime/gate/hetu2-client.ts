import { once } from "node:events";
import { WebSocket } from "ws";
import { encodeMessage } from "../../../runtime/wire/frames.js";
import {
  fingerprintBytes,
  readServerFrames,
  type Resume,
  type ServerFrame,
  type Welcome,
  writeHello,
} from "../../../runtime/wire/hetu2/frames.js";
import { schema } from "../../fixtures/world/generated/server-ts/world/index.js";

export const [components, callables, errors, events] = schema.wire.description;

/** The number of a component, system, error or event of the world. */
export function numberOf(list: readonly (readonly [string, ...unknown[]])[], name: string): number {
  const number = list.findIndex(([one]) => one === name);
  if (number < 0) throw new Error(`${name} is not in the description`);
  return number;
}

export const component = (name: string): number => numberOf(components, name);
export const callable = (name: string): number => numberOf(callables, name);
export const indexOf = (table: string, index: string): number => {
  return index === "id" ? 0 : (components[component(table)]?.[2].indexOf(index) ?? -1) + 1;
};

export interface Options {
  readonly headers?: Record<string, string>;
  readonly fingerprint?: Uint8Array | undefined;
  readonly resume?: Resume;
  readonly ca?: string;
  readonly secure?: boolean;
  readonly instance?: string;
}

/** A client of hetu.2 without any cleverness: frames in, frames out. */
export class Hetu2Client {
  readonly socket: WebSocket;
  readonly closed: Promise<{ code: number; reason: string }>;
  welcome!: Welcome;
  /** The greatest position seen, as a client remembers it for a resume. */
  position = 0;
  /** Frames of each message that came. */
  readonly messages: ServerFrame[][] = [];
  readonly #received: ServerFrame[] = [];
  readonly #waiting: ((frame: ServerFrame) => void)[] = [];
  #shaken = false;

  constructor(port: number, { headers, ca, secure, instance = "world" }: Options = {}) {
    const url = `${secure === true ? "wss" : "ws"}://127.0.0.1:${port}/hetu/${instance}`;
    this.socket = new WebSocket(url, "hetu.2", {
      perMessageDeflate: false,
      ...(headers === undefined ? {} : { headers }),
      ...(ca === undefined ? {} : { ca }),
    });
    this.closed = new Promise((resolve) => {
      this.socket.once("close", (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    this.socket.on("error", () => undefined);
    this.socket.on("message", (data: Buffer) => this.#take(data));
  }

  /** Connects, and sends its hello without waiting for the answer of the handshake. */
  static async open(port: number, options: Options = {}): Promise<Hetu2Client> {
    const client = new Hetu2Client(port, options);
    await once(client.socket, "open");
    client.socket.send(Uint8Array.of(0x90));
    const known = "fingerprint" in options ? options.fingerprint : fingerprintBytes(schema.wire.fingerprint);
    client.raw(writeHello({ fingerprint: known, resume: options.resume }));
    const frame = await client.next();
    if (frame.kind !== "welcome") throw new Error(`welcomed with ${frame.kind}`);
    client.welcome = frame;
    return client;
  }

  raw(...frames: readonly Uint8Array[]): void {
    this.socket.send(Buffer.concat(frames));
  }

  send(...frame: readonly unknown[]): void {
    this.raw(encodeMessage(frame));
  }

  next(): Promise<ServerFrame> {
    const frame = this.#received.shift();
    return frame === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(frame);
  }

  async take(count: number): Promise<ServerFrame[]> {
    const frames: ServerFrame[] = [];
    while (frames.length < count) frames.push(await this.next());
    return frames;
  }

  call(name: string, ...args: readonly unknown[]): Promise<ServerFrame> {
    this.send(1, callable(name), ...args);
    return this.next();
  }

  subscribe(
    table: string,
    index: string,
    left: unknown,
    right: unknown,
    more: { limit?: number; held?: bigint[] } = {},
  ) {
    const { limit = 100, held } = more;
    const frame = [3, component(table), indexOf(table, index), left, right, limit, false];
    this.send(...(held === undefined ? frame : [...frame, held]));
    return this.next();
  }

  /** All frames that have come and were not taken. */
  drain(): ServerFrame[] {
    return this.#received.splice(0);
  }

  /** Cuts the link as a broken network does: without a close frame. */
  async drop(): Promise<void> {
    this.socket.terminate();
    await this.closed;
  }

  async close(): Promise<void> {
    this.socket.close(1000);
    await this.closed;
  }

  #take(data: Buffer): void {
    if (!this.#shaken) {
      this.#shaken = true;
      if (data.toString("hex") !== "90") throw new Error(`handshake answered ${data.toString("hex")}`);
      return;
    }
    const frames = readServerFrames(data);
    this.messages.push(frames);
    for (const frame of frames) {
      if ("position" in frame) this.position = Math.max(this.position, frame.position);
      const taker = this.#waiting.shift();
      if (taker === undefined) this.#received.push(frame);
      else taker(frame);
    }
  }
}

/** What a client would go on with after its link has dropped. */
export function resumeOf(client: Hetu2Client): Resume {
  return { token: client.welcome.token as Uint8Array, position: client.position };
}
