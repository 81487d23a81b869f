import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { HetuServer } from "../server/server.js";
import { EventLoopLag } from "./event-loop-lag.js";
import { createMetrics } from "./metrics.js";

export interface OperationsOptions {
  /** Default 127.0.0.1: these pages are not for the public. */
  readonly host?: string;
  /** Default 9466; 0 lets the system choose. */
  readonly port?: number;
  /** Milliseconds of event-loop lag from which `/healthz` answers 503; default 2000. */
  readonly maxLag?: number;
}

const DEFAULT_PORT = 9466;
const DEFAULT_MAX_LAG = 2000;

/** Serves `/healthz` and `/metrics` of a server on a listener of their own. */
export class OperationsListener {
  readonly #server: HetuServer;
  readonly #options: OperationsOptions;
  readonly #lag = new EventLoopLag();
  readonly #http: Server;

  constructor(server: HetuServer, options: OperationsOptions = {}) {
    this.#server = server;
    this.#options = options;
    const registry = createMetrics(server, this.#lag);
    this.#http = createServer((request, response) => {
      const path = request.url?.split("?")[0];
      if (path === "/healthz") {
        const { healthy, ...health } = this.health();
        response.writeHead(healthy ? 200 : 503, { "content-type": "application/json" });
        response.end(`${JSON.stringify({ healthy, ...health })}\n`);
      } else if (path === "/metrics") {
        registry.metrics().then(
          (text) => response.writeHead(200, { "content-type": registry.contentType }).end(text),
          () => response.writeHead(500).end(),
        );
      } else {
        response.writeHead(404, { "content-type": "text/plain" }).end("not found; there are /healthz and /metrics\n");
      }
    });
  }

  /** The port that it listens on; 0 before. */
  get port(): number {
    return (this.#http.address() as AddressInfo | null)?.port ?? 0;
  }

  /** Whether the server can do its work: it serves, is not stopping, its store is written to, its event loop turns. */
  health(): { healthy: boolean; state: string; lagMs: number; undurableMs: number } {
    const lagMs = Math.round(this.#lag.worst);
    const undurableMs = Math.round(Math.max(0, ...[...this.#server.instances.values()].map(({ lag }) => lag?.ms ?? 0)));
    const limit = this.#options.maxLag ?? DEFAULT_MAX_LAG;
    const { state } = this.#server;
    return { healthy: state === "serving" && lagMs < limit && undurableMs < 5 * limit, state, lagMs, undurableMs };
  }

  /** @throws the system's error, e.g. with `code: "EADDRINUSE"`. */
  listen(): Promise<this> {
    this.#lag.start();
    return new Promise((resolve, reject) => {
      this.#http.once("error", reject);
      this.#http.listen(this.#options.port ?? DEFAULT_PORT, this.#options.host ?? "127.0.0.1", () => resolve(this));
    });
  }

  close(): void {
    this.#lag.stop();
    this.#http.close();
    this.#http.closeAllConnections();
  }
}
