import { createHash, randomBytes } from "node:crypto";
import { type IncomingMessage, request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import type { Duplex } from "node:stream";
import { UsageError } from "../usage-error.js";
import { clientFrame, FrameReader } from "./web-socket-frames.js";

/** RFC 6455, section 1.3. */
const ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
/** A server that does not answer for so long, in milliseconds, is out of reach. */
const ANSWER_WITHIN = 10_000;

/** Sends a binary message and waits for the one that answers it. */
export type Ask = (message: Uint8Array) => Promise<Uint8Array>;

/**
 * Opens a WebSocket for one conversation. Node.js 20 has no client of its own.
 *
 * @param talk what is said; the connection ends with it.
 * @throws UsageError when the server cannot be reached, refuses, or closes before.
 */
export async function converse<T>(url: string, protocol: string, talk: (ask: Ask) => Promise<T>): Promise<T> {
  const socket = await open(url, protocol);
  try {
    const reader = new FrameReader();
    return await talk(
      (message) =>
        new Promise((resolve, reject) => {
          const closed = (reason: string): void => {
            reject(
              new UsageError(
                `${url} closed the connection${reason}`,
                "is the instance of the path right? A server that speaks through layers is asked with their names (ws://host/hetu/name#zlib,crypto; a key in HETU_WIRE_SECRET), or at its operations port (http://host:9466)",
              ),
            );
          };
          socket.setTimeout(ANSWER_WITHIN, () => closed(`: no answer within ${ANSWER_WITHIN} ms`));
          socket.once("end", () => closed(""));
          socket.once("error", (error) => closed(`: ${error.message}`));
          socket.removeAllListeners("data");
          socket.on("data", (part: Buffer) => {
            for (const frame of reader.read(part)) {
              if (frame.kind === "message") resolve(frame.content);
              else closed(` with ${frame.code}${frame.reason === "" ? "" : `: ${frame.reason}`}`);
            }
          });
          socket.write(clientFrame(message));
        }),
    );
  } finally {
    socket.destroy();
  }
}

function open(url: string, protocol: string): Promise<Duplex & { setTimeout(ms: number, act: () => void): unknown }> {
  const target = new URL(url.replace(/^ws/, "http"));
  const key = randomBytes(16).toString("base64");
  const accept = createHash("sha1")
    .update(key + ACCEPT_SUFFIX)
    .digest("base64");
  const request = (target.protocol === "https:" ? requestSecure : requestPlain)(target, {
    headers: {
      connection: "Upgrade",
      upgrade: "websocket",
      "sec-websocket-version": "13",
      "sec-websocket-key": key,
      "sec-websocket-protocol": protocol,
    },
  });
  return new Promise((resolve, reject) => {
    const refuse = (
      reason: string,
      advice = "give the address that clients connect to: ws://host:2466/hetu/name",
    ): void => {
      request.destroy();
      reject(new UsageError(`${url}: ${reason}`, advice));
    };
    request.setTimeout(ANSWER_WITHIN, () => refuse(`no answer within ${ANSWER_WITHIN} ms`));
    request.once("error", (error: NodeJS.ErrnoException) => {
      refuse(`cannot be reached: ${error.message}`, adviceFor(error.code ?? "", target.protocol));
    });
    request.once("response", ({ statusCode }) => refuse(`it answers ${statusCode ?? "nothing"}, and is no WebSocket`));
    request.once("upgrade", ({ headers }: IncomingMessage, socket, head) => {
      if (headers["sec-websocket-accept"] !== accept) {
        refuse("it is no WebSocket server");
      } else if (headers["sec-websocket-protocol"] !== protocol) {
        refuse(`it does not speak ${protocol} here, which needs TLS or loopback`);
      } else {
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
      }
    });
    request.end();
  });
}

/** @param code of OpenSSL or of the system. */
function adviceFor(code: string, protocol: string): string | undefined {
  if (/CERT|SIGNATURE/.test(code)) return "name the file of the authority that has signed it in NODE_EXTRA_CA_CERTS";
  return code === "ECONNRESET" && protocol === "http:" ? "if it has TLS, ask it at wss://" : undefined;
}
