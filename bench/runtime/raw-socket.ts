import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

/**
 * A WebSocket client that costs as little as possible, so that the server is what is measured: frames are prepared
 * once and written as they are, answers are counted and not decoded. RFC 6455, client side, unfragmented messages.
 */
export class RawSocket {
  readonly #socket: Socket;
  #rest: Buffer = Buffer.alloc(0);
  #onMessage: (payload: Buffer) => void = () => undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (chunk) => this.#receive(chunk));
  }

  /**
   * Connects and performs the opening handshake.
   * @param protocol the WebSocket subprotocol that the server must select; left out: none is offered.
   */
  static async open(port: number, path: string, protocol?: string): Promise<RawSocket> {
    const socket = connect(port, "127.0.0.1");
    socket.setNoDelay(true);
    await new Promise<void>((resolve, reject) => {
      socket.once("error", reject);
      socket.once("connect", () => {
        const key = randomBytes(16).toString("base64");
        socket.write(
          `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
            `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n` +
            (protocol === undefined ? "\r\n" : `Sec-WebSocket-Protocol: ${protocol}\r\n\r\n`),
        );
      });
      let head = Buffer.alloc(0);
      const onData = (chunk: Buffer): void => {
        head = Buffer.concat([head, chunk]);
        const end = head.indexOf("\r\n\r\n");
        if (end < 0) return;
        socket.off("data", onData);
        socket.off("error", reject);
        if (head.subarray(0, 12).toString() !== "HTTP/1.1 101") reject(new Error(head.subarray(0, end).toString()));
        else if (protocol !== undefined && !head.includes(protocol)) reject(new Error(`${protocol} was not selected`));
        else resolve();
      };
      socket.on("data", onData);
    });
    return new RawSocket(socket);
  }

  set onMessage(handler: (payload: Buffer) => void) {
    this.#onMessage = handler;
  }

  /** Writes a frame made by {@link clientFrame}. */
  write(frame: Buffer): void {
    this.#socket.write(frame);
  }

  /** Holds frames back until {@link uncork}, to send several in one system call. */
  cork(): void {
    this.#socket.cork();
  }

  uncork(): void {
    this.#socket.uncork();
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    let data = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    for (;;) {
      if (data.length < 2) break;
      const opcode = data[0]! & 0x0f;
      let length = data[1]! & 0x7f;
      let offset = 2;
      if (length === 126) {
        if (data.length < 4) break;
        length = data.readUInt16BE(2);
        offset = 4;
      } else if (length === 127) {
        if (data.length < 10) break;
        length = Number(data.readBigUInt64BE(2));
        offset = 10;
      }
      if (data.length < offset + length) break;
      const payload = data.subarray(offset, offset + length);
      data = data.subarray(offset + length);
      if (opcode === 2) this.#onMessage(payload);
      else if (opcode === 8) throw new Error(`the server closed: ${payload.subarray(2).toString()}`);
    }
    this.#rest = data;
  }
}

/** A masked binary frame with this payload. */
export function clientFrame(payload: Uint8Array): Buffer {
  const mask = randomBytes(4);
  const head =
    payload.length < 126
      ? Buffer.from([0x82, 0x80 | payload.length])
      : Buffer.from([0x82, 0xfe, payload.length >> 8, payload.length & 0xff]);
  const frame = Buffer.concat([head, mask, payload]);
  for (let i = 0; i < payload.length; i++) frame[head.length + 4 + i]! ^= mask[i & 3]!;
  return frame;
}
