import { ConnectionLostError } from "../errors.js";
import { host } from "../platform.js";

/** One connection attempt and what comes of it. Nothing is called before {@link Transport} has returned. */
export interface TransportEvents {
  /** @param protocol the subprotocol that the server has selected; left out or empty: none. */
  opened(protocol?: string): void;
  /** A binary message. */
  message(bytes: Uint8Array): void;
  /** A text message; only a sign of life. */
  text(): void;
  /** The last call, once. Also when the connection was never made. */
  closed(reason: ConnectionLostError): void;
  /** Instead of `closed`: a connection can never be made, and the client does not try again. */
  impossible(error: Error): void;
}

export interface TransportSocket {
  /** @param bytes valid until it returns. */
  send(bytes: Uint8Array): void;
  /** Ends the connection; `closed` follows. */
  close(): void;
  /** Ends it without waiting for the other side. */
  terminate(): void;
}

/**
 * Opens a connection to a URL. An error that it throws is final: the client does not try again.
 *
 * @param protocols the subprotocols to offer; none when empty. A transport that has no subprotocols may ignore them and
 *   will speak hetu.1.
 */
export type Transport = (url: string, events: TransportEvents, protocols: readonly string[]) => TransportSocket;

/** The part of a WebSocket that is used, in browsers, workers, Node and the `ws` package alike. */
interface WebSocketLike {
  binaryType: string;
  readonly protocol?: string;
  send(data: Uint8Array): void;
  close(code?: number): void;
  /** Only in `ws`. */
  terminate?(): void;
  addEventListener(type: "open" | "error", listener: (event: unknown) => void): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "close", listener: (event: { readonly code: number; readonly reason: string }) => void): void;
}

/** `WebSocket` of the platform, or the class that the `ws` package exports. */
export type WebSocketConstructor = new (url: string, protocols?: string[]) => object;

/**
 * WebSocket: the given class, else the platform's own, else (Node before 22) the `ws` package, when it is installed.
 */
export function webSocketTransport(given?: WebSocketConstructor): Transport {
  const constructor = given ?? (host.WebSocket as WebSocketConstructor | undefined);
  if (constructor !== undefined) return (url, events, protocols) => attach(open(constructor, url, protocols), events);
  return (url, events, protocols) =>
    new LateSocket(
      importWs().then((loaded) => () => open(loaded, url, protocols)),
      events,
    );
}

function open(constructor: WebSocketConstructor, url: string, protocols: readonly string[]): WebSocketLike {
  return (protocols.length === 0 ? new constructor(url) : new constructor(url, [...protocols])) as WebSocketLike;
}

/** The specifier is put together at run time: a bundler must not look for `ws` when it builds for a browser. */
async function importWs(): Promise<WebSocketConstructor> {
  const specifier = ["w", "s"].join("");
  try {
    const module = (await import(/* @vite-ignore */ /* webpackIgnore: true */ specifier)) as {
      readonly WebSocket: WebSocketConstructor;
    };
    return module.WebSocket;
  } catch (cause) {
    throw new Error(
      "this platform has no WebSocket: run `npm install ws`, use Node 22, or give the option `webSocket`",
      {
        cause,
      },
    );
  }
}

/** RFC 6455, section 7.4.1: a message was too big. Servers send it without words. */
const TOO_BIG = 1009;
const TOO_BIG_WORDS =
  "a message of this client is larger than the server takes, which is 524288 bytes unless its setting " +
  "limits.max_message says otherwise";

function attach(socket: WebSocketLike, events: TransportEvents): TransportSocket {
  let failure: unknown;
  socket.binaryType = "arraybuffer";
  socket.addEventListener("open", () => events.opened(socket.protocol));
  socket.addEventListener("message", ({ data }) => {
    if (data instanceof ArrayBuffer) events.message(new Uint8Array(data));
    else events.text();
  });
  socket.addEventListener("error", (event) => {
    failure = event;
  });
  socket.addEventListener("close", ({ code, reason }) => {
    const detail = reason !== "" ? reason : code === TOO_BIG ? TOO_BIG_WORDS : messageOf(failure);
    const why = `the connection was closed with code ${code}${detail === undefined ? "" : ` (${detail})`}`;
    events.closed(new ConnectionLostError(why, code, failure));
  });
  return {
    send: (bytes) => socket.send(bytes),
    close: () => socket.close(1000),
    // A browser cannot cut a connection. Without a code it is no goodbye: the server keeps the session for a while.
    terminate: () => (socket.terminate === undefined ? socket.close() : socket.terminate()),
  };
}

function messageOf(failure: unknown): string | undefined {
  if (typeof failure !== "object" || failure === null || !("message" in failure)) return undefined;
  return typeof failure.message === "string" && failure.message !== "" ? failure.message : undefined;
}

/** A socket whose class is still being loaded. */
class LateSocket implements TransportSocket {
  #socket: TransportSocket | undefined;
  #closed = false;
  readonly #events: TransportEvents;

  constructor(loading: Promise<() => WebSocketLike>, events: TransportEvents) {
    this.#events = events;
    loading.then(
      (make) => {
        if (this.#closed) return;
        try {
          this.#socket = attach(make(), events);
        } catch (error) {
          this.#fail(error);
        }
      },
      (error: unknown) => this.#fail(error),
    );
  }

  send(bytes: Uint8Array): void {
    this.#socket?.send(bytes);
  }

  close(): void {
    if (this.#socket !== undefined) this.#socket.close();
    else this.#fail(undefined);
  }

  terminate(): void {
    if (this.#socket !== undefined) this.#socket.terminate();
    else this.#fail(undefined);
  }

  #fail(cause: unknown): void {
    if (this.#closed) return;
    this.#closed = true;
    if (cause instanceof Error) this.#events.impossible(cause);
    else this.#events.closed(new ConnectionLostError("the connection was closed before it was made"));
  }
}
