import type { HetuServer } from "../server/server.js";
import { type ListenerOptions, PagesListener } from "./pages-listener.js";
import { ServerOperations } from "./server-operations.js";

export interface OperationsOptions extends ListenerOptions {
  /** Milliseconds of event-loop lag from which `/healthz` answers 503; default 2000. */
  readonly maxLag?: number;
}

/** Serves `/healthz`, `/readyz`, `/metrics` and `/schema.json` of a server on a listener of their own. */
export class OperationsListener {
  readonly #operations: ServerOperations;
  readonly #listener: PagesListener;

  constructor(server: HetuServer, options: OperationsOptions = {}) {
    this.#operations = new ServerOperations(server, options.maxLag);
    this.#listener = new PagesListener(this.#operations, options);
  }

  /** The port that it listens on; 0 before. */
  get port(): number {
    return this.#listener.port;
  }

  /** The server will stop soon: `/readyz` answers 503 from now on. */
  drain(): void {
    this.#operations.drain();
  }

  /** @throws the system's error, e.g. with `code: "EADDRINUSE"`. */
  async listen(): Promise<this> {
    await this.#listener.listen();
    return this;
  }

  close(): void {
    this.#operations.close();
    this.#listener.close();
  }
}
