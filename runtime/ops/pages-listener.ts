import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Health } from "./worker-requests.js";

export interface ListenerOptions {
  /** Default 127.0.0.1: these pages are not for the public. */
  readonly host?: string;
  /** Default 9466; 0 lets the system choose. */
  readonly port?: number;
}

/** What the pages say: of one process, or of a supervisor and its workers. */
export interface OperationsPages {
  health(): Promise<Health>;
  /** Whether new connections should be sent here; if not, why. */
  readiness(): Promise<Readiness>;
  metrics(): Promise<{ readonly text: string; readonly contentType: string }>;
  /** The schema that is served, as the target `schema.json` writes it; `undefined`: nobody can tell now. */
  schema(): Promise<string | undefined>;
}

export interface Readiness {
  readonly ready: boolean;
  readonly reason?: string;
}

const DEFAULT_PORT = 9466;

/** Serves `/healthz`, `/readyz`, `/metrics` and `/schema.json` on a listener of their own. */
export class PagesListener {
  readonly #options: ListenerOptions;
  readonly #http: Server;

  constructor(pages: OperationsPages, options: ListenerOptions = {}) {
    this.#options = options;
    this.#http = createServer((request, response) => {
      answer(pages, request.url?.split("?")[0]).then(
        ({ status, type, body }) => response.writeHead(status, { "content-type": type }).end(body),
        () => response.writeHead(500).end(),
      );
    });
  }

  /** The port that it listens on; 0 before. */
  get port(): number {
    return (this.#http.address() as AddressInfo | null)?.port ?? 0;
  }

  /** @throws the system's error, e.g. with `code: "EADDRINUSE"`. */
  listen(): Promise<this> {
    return new Promise((resolve, reject) => {
      this.#http.once("error", reject);
      this.#http.listen(this.#options.port ?? DEFAULT_PORT, this.#options.host ?? "127.0.0.1", () => resolve(this));
    });
  }

  close(): void {
    this.#http.close();
    this.#http.closeAllConnections();
  }
}

interface Page {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

async function answer(pages: OperationsPages, path: string | undefined): Promise<Page> {
  switch (path) {
    case "/healthz": {
      const health = await pages.health();
      return json(health.healthy, health);
    }
    case "/readyz": {
      const readiness = await pages.readiness();
      return json(readiness.ready, readiness);
    }
    case "/metrics": {
      const { text, contentType } = await pages.metrics();
      return { status: 200, type: contentType, body: text };
    }
    case "/schema.json": {
      const schema = await pages.schema();
      if (schema === undefined) return { status: 503, type: "text/plain", body: "no process tells its schema now\n" };
      return { status: 200, type: "application/json", body: `${schema}\n` };
    }
    default: {
      const body = "not found; there are /healthz, /readyz, /metrics and /schema.json\n";
      return { status: 404, type: "text/plain", body };
    }
  }
}

function json(good: boolean, body: object): Page {
  return { status: good ? 200 : 503, type: "application/json", body: `${JSON.stringify(body)}\n` };
}
