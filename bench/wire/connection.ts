import { LayerStack, type LayerStream } from "../../runtime/wire/layers/index.js";
import { readHandshake, writeHandshake } from "../../runtime/wire/handshake.js";
import { SUBPROTOCOL } from "../../runtime/wire/hetu2/kinds.js";
import { writeHello } from "../../runtime/wire/hetu2/client-frames.js";
import { wire as bench } from "../generated/server-ts/bench/wire.js";
import { clientFrame, RawSocket } from "../runtime/raw-socket.js";
import { CryptoHello } from "./crypto-stream.js";
import { zlibBlocks, zlibStream } from "./zlib-blocks.js";
import type { Wire } from "./wire.js";

export interface ConnectionOptions {
  readonly port: number;
  readonly path: string;
  readonly wire: Wire;
  /** Compress as a client does, not as cheaply as possible: for counting bytes. */
  readonly likeAClient?: boolean;
}

/** A connection behind the handshake of its layers and, on hetu.2, its welcome. */
export class Connection {
  readonly #socket: RawSocket;
  readonly #layers: LayerStack;
  #prepared: Buffer[] = [];
  #next = 0;

  private constructor(socket: RawSocket, layers: LayerStack) {
    this.#socket = socket;
    this.#layers = layers;
  }

  static async open({ port, path, wire, likeAClient }: ConnectionOptions): Promise<Connection> {
    const second = wire.protocol === "hetu.2";
    const socket = await RawSocket.open(port, path, second ? SUBPROTOCOL : undefined);
    const names = wire.layers.filter((name) => name !== "jsonb");
    const crypto = new CryptoHello();
    const hellos = names.map((name) => (name === "crypto" ? crypto.publicKey : new Uint8Array(0)));
    const answers = readHandshake(await answerTo(socket, writeHandshake(hellos)));
    if (answers.length !== names.length) throw new Error(`the server refused the layers ${names.join(", ")}`);
    const streams = names.map((name, i): LayerStream => {
      const answer = Uint8Array.from(answers[i]!);
      if (name === "crypto") return crypto.finish(answer);
      return likeAClient === true ? zlibStream(answer) : zlibBlocks(answer);
    });
    const connection = new Connection(socket, new LayerStack(streams));
    if (second) {
      const fingerprint = Buffer.from(bench.fingerprint, "hex");
      const welcome = await connection.ask(writeHello({ fingerprint, resume: undefined }));
      if (welcome[1] !== 0) throw new Error("the server sent no welcome");
    }
    return connection;
  }

  /** Called with messages as they came: the layers have not been taken off. */
  set onMessage(handler: (payload: Buffer) => void) {
    this.#socket.onMessage = handler;
  }

  /** Sends a message and gives its answer, without layers. */
  async ask(message: Uint8Array): Promise<Uint8Array> {
    return this.decode(await answerTo(this.#socket, this.#layers.encode(message)));
  }

  /** Each message that came must be decoded, in order, or none from here on. */
  decode(payload: Uint8Array): Uint8Array {
    return this.#layers.decode(payload);
  }

  /** Bytes of the message behind the layers; it must be sent then. */
  encode(message: Uint8Array): Uint8Array {
    return this.#layers.encode(message);
  }

  /** Writes what {@link encode} gave. */
  write(encoded: Uint8Array): void {
    this.#socket.write(clientFrame(encoded));
  }

  /**
   * Prepares calls: the nonces of `crypto` are a counter, so that even these can be encrypted before anything is measured.
   */
  prepare(count: number, draw: () => Uint8Array): void {
    this.#prepared = Array.from({ length: count }, () => clientFrame(this.#layers.encode(draw())));
    this.#next = 0;
  }

  /** Sends the next prepared message, or `draw()` when they are used up. */
  sendNext(draw: () => Uint8Array): void {
    this.#socket.write(this.#prepared[this.#next++] ?? clientFrame(this.#layers.encode(draw())));
  }

  close(): void {
    this.#socket.close();
    this.#layers.close();
  }
}

function answerTo(socket: RawSocket, payload: Uint8Array): Promise<Buffer> {
  return new Promise((resolve) => {
    socket.onMessage = resolve;
    socket.write(clientFrame(payload));
  });
}
