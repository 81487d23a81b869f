import { createServer as createHttpServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { AddressLimits, type AddressSlot } from "./address-limits.js";
import { SUBPROTOCOL } from "../wire/hetu2/kinds.js";
import { clientAddress } from "./client-address.js";
import type { Client, GateLog } from "./client.js";
import type { CloseCode } from "./close-code.js";
import { Connection } from "./connection.js";
import type { GateCounters } from "./counters.js";
import { Heartbeat } from "./heartbeat.js";
import { refuseUpgrade } from "./http-refusal.js";
import type { Instance } from "./instance.js";
import type { ServerLayers } from "./layers/server-layers.js";
import type { GateLimits } from "./limits.js";
import { isPrivateLink } from "./link-security.js";
import { negotiate } from "./negotiation.js";
import { refuseStranger, refuseUnknown } from "./unknown-instance.js";

export interface GateOptions {
  readonly instances: ReadonlyMap<string, Instance>;
  readonly limits: GateLimits;
  readonly layers: ServerLayers;
  readonly counters: GateCounters;
  readonly log: GateLog;
  /** Allowed `Origin` headers; `undefined`: all. A request without the header comes from no browser and is allowed. */
  readonly origins: readonly string[] | undefined;
  /** See {@link clientAddress}. */
  readonly trustedProxies: number;
  /** PEM texts: terminates TLS here. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  /** Answers HTTP requests other than `GET /`, and that one, too, when it wants to. */
  readonly fallback: RequestListener | undefined;
}

/** How long a client may take to answer a close frame, in milliseconds. */
const CLOSE_TIMEOUT = 3000;

/** The listening socket: health answers, limits before any handshake work, the way from a path to an instance. */
export class Gate {
  readonly #options: GateOptions;
  readonly #server: Server;
  readonly #webSockets: WebSocketServer;
  readonly #addresses: AddressLimits;
  readonly #heartbeat: Heartbeat;
  /** Every client whose socket has not closed, also before its handshake. */
  readonly #clients = new Set<Client>();
  /** Sockets of those who ask for an instance that does not exist and are not told so yet. */
  readonly #strangers = new Set<WebSocket>();
  #stopping = false;
  /** Whether it was logged that hetu.2 is not spoken over a link that others can read. */
  #hasWarned = false;
  #onDrained: () => void = () => undefined;

  constructor(options: GateOptions) {
    this.#options = options;
    this.#addresses = new AddressLimits(options.limits);
    this.#heartbeat = new Heartbeat(this.#clients, options.limits);
    // Node has 0 for no limit.
    const headersTimeout = Number.isFinite(options.limits.handshakeTimeout) ? options.limits.handshakeTimeout : 0;
    const timeouts = {
      headersTimeout,
      requestTimeout: headersTimeout,
      connectionsCheckingInterval: Math.min(1000, Math.max(50, options.limits.handshakeTimeout / 4)),
    };
    this.#server =
      options.tls === undefined
        ? createHttpServer(timeouts, this.#onRequest)
        : createHttpsServer({ ...timeouts, ...options.tls }, this.#onRequest);
    // Not written in place: the library's types do not know `closeTimeout` yet.
    const webSocketOptions = {
      noServer: true,
      clientTracking: false,
      perMessageDeflate: false,
      maxPayload: options.limits.maxMessage,
      closeTimeout: CLOSE_TIMEOUT,
      handleProtocols: this.#selectProtocol,
    };
    this.#webSockets = new WebSocketServer(webSocketOptions);
    this.#server.on("upgrade", this.#onUpgrade);
    this.#server.on("clientError", (_error, socket) => socket.destroy());
  }

  /** Sockets that are open, before or after their handshake. */
  get connections(): number {
    return this.#clients.size;
  }

  /** The port that was asked for, or the one that the system chose for 0. */
  get port(): number {
    return (this.#server.address() as AddressInfo | null)?.port ?? 0;
  }

  /** @throws the system's error, e.g. with `code: "EADDRINUSE"`. */
  listen(port: number, host: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen({ port, host, backlog: 1024 }, () => {
        this.#server.off("error", reject);
        this.#heartbeat.start();
        resolve();
      });
    });
  }

  /** Accepts no connection any more; those that are open stay. */
  stopListening(): void {
    this.#stopping = true;
    this.#server.close();
    this.#server.closeIdleConnections();
  }

  /** Closes every connection. */
  closeConnections(code: CloseCode, reason: string): void {
    for (const client of this.#clients) client.close(code, reason);
  }

  /** Resolves when no socket is open any more. */
  drained(): Promise<void> {
    if (this.#clients.size === 0) return Promise.resolve();
    return new Promise((resolve) => (this.#onDrained = resolve));
  }

  /** Ends what is left, without a close handshake. */
  destroy(): void {
    this.#heartbeat.stop();
    for (const client of this.#clients) client.terminate();
    for (const stranger of this.#strangers) stranger.terminate();
    this.#server.closeAllConnections();
  }

  readonly #onRequest: RequestListener = (request, response) => {
    if (this.#options.fallback !== undefined) {
      this.#options.fallback(request, response);
      return;
    }
    const found = request.url === "/" && (request.method === "GET" || request.method === "HEAD");
    response.writeHead(found ? 200 : 404, { "content-type": "text/plain; charset=utf-8" });
    response.end(found ? "ok\n" : "not found; WebSockets are at /hetu/<instance>\n");
  };

  readonly #onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const address = clientAddress(request, this.#options.trustedProxies);
    const admitted = this.#admit(request, address);
    if ("status" in admitted) {
      this.#options.counters.refused(admitted.counter);
      this.#options.log.refusedUpgrade(address, admitted.text);
      refuseUpgrade(socket, admitted.status, admitted.text);
      return;
    }
    const { name, slot } = admitted;
    // Not before: a socket that is slow to close still counts. Also when the upgrade itself fails.
    socket.once("close", () => slot.release());
    const instance = this.#options.instances.get(name);
    if (instance === undefined) {
      this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => this.#refuseUnknown(webSocket, name));
      return;
    }
    const isPrivate = isPrivateLink(request, this.#options.trustedProxies);
    const open = (id: bigint): void =>
      this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
        const client = new Connection(instance, webSocket, { socket, address: slot, isPrivate }, id);
        this.#clients.add(client);
        webSocket.once("close", () => {
          this.#clients.delete(client);
          if (this.#clients.size === 0) this.#onDrained();
        });
      });
    const id = instance.newId();
    if (id instanceof Promise) this.#openLater(id, open, socket);
    else open(id);
  };

  /** Nothing else has been done with the socket until then. */
  #openLater(id: Promise<bigint>, open: (id: bigint) => void, socket: Duplex): void {
    socket.on("error", () => undefined);
    const refuse = (): void => refuseUpgrade(socket, 503, "the server stops");
    id.then((given) => (this.#stopping ? refuse() : open(given)), refuse);
  }

  /** None is selected where hetu.2 is not spoken: the client goes on with hetu.1, on another connection if it must. */
  readonly #selectProtocol = (offered: Set<string>, request: IncomingMessage): string | false => {
    const { layers, trustedProxies, log } = this.#options;
    const negotiated = negotiate(offered, request, layers.settings, trustedProxies);
    if (negotiated === "readable" && !this.#hasWarned) {
      this.#hasWarned = true;
      log.readableLink(clientAddress(request, trustedProxies));
    }
    return negotiated === SUBPROTOCOL ? negotiated : false;
  };

  #refuseUnknown(webSocket: WebSocket, name: string): void {
    const { layers, limits } = this.#options;
    webSocket.on("error", () => undefined);
    if (layers.settings.secret === undefined) {
      refuseUnknown(webSocket, name);
      return;
    }
    this.#strangers.add(webSocket);
    webSocket.once("close", () => this.#strangers.delete(webSocket));
    const { hetu1, hetu2 } = layers.of({ components: [] });
    const spoken = webSocket.protocol === SUBPROTOCOL ? hetu2 : hetu1;
    refuseStranger(webSocket, name, spoken, limits.handshakeTimeout);
  }

  /** Everything that is decided before any handshake work. */
  #admit(
    request: IncomingMessage,
    address: string,
  ): UpgradeRefusal | { readonly name: string; readonly slot: AddressSlot } {
    if (this.#stopping) return { counter: "stopping", status: 503, text: "the server stops" };
    const name = instanceName(request.url ?? "");
    if (name === undefined) return { counter: "path", status: 404, text: "WebSockets are at /hetu/<instance>" };
    const { origin } = request.headers;
    if (origin !== undefined && this.#options.origins?.includes(origin) === false) {
      return { counter: "origin", status: 403, text: `origin ${origin} is not in the configured list of origins` };
    }
    const slot = this.#addresses.take(address);
    if (!("refused" in slot)) return { name, slot };
    return { counter: slot.refused, status: slot.refused === "capacity" ? 503 : 429, text: tooMany(slot, address) };
  }
}

interface UpgradeRefusal {
  readonly counter: string;
  readonly status: number;
  readonly text: string;
}

function instanceName(url: string): string | undefined {
  const encoded = /^\/hetu\/([^/?#]+)\/?(?:\?.*)?$/.exec(url)?.[1];
  if (encoded === undefined) return undefined;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

function tooMany(slot: Exclude<ReturnType<AddressLimits["take"]>, AddressSlot>, address: string): string {
  switch (slot.refused) {
    case "capacity":
      return `too many connections: the limit connections is ${slot.limit}`;
    case "address":
      return `too many connections from ${address}: the limit connections_per_address is ${slot.limit}`;
    case "anonymous":
      return `too many connections from ${address} without a login: the limit anonymous_per_address is ${slot.limit}`;
  }
}
