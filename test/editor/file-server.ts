import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";

/** Serves a folder below a path, as the simplest web server does. */
export class FileServer implements AsyncDisposable {
  readonly #server: Server;
  readonly #base: string;
  /** Paths that were asked for and are not there. */
  readonly missed: string[] = [];

  private constructor(folder: string, base: string) {
    this.#base = base;
    const types: Readonly<Record<string, string>> = { html: "text/html", js: "text/javascript", css: "text/css" };
    this.#server = createServer((request, response) => {
      const path = (request.url ?? "").split("?", 1)[0] ?? "";
      const name = path === base ? "index.html" : normalize(path.slice(base.length));
      readFile(join(folder, path.startsWith(base) ? name : "nothing")).then(
        (content) => {
          response.setHeader("content-type", types[name.split(".").at(-1) ?? ""] ?? "application/octet-stream");
          response.end(content);
        },
        () => {
          this.missed.push(path);
          response.writeHead(404).end();
        },
      );
    });
  }

  static async start(folder: string, base: string): Promise<FileServer> {
    const server = new FileServer(folder, base);
    await new Promise<void>((resolve) => server.#server.listen(0, "127.0.0.1", resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${this.#base}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
