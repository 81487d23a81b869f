import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { plainContent, type SiteFile } from "./site.js";

/** A server of the page's files and of nothing else. */
export class SiteServer {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /**
   * @param port 0 for any that is free.
   * @throws the network's error when it cannot listen there.
   */
  static async listen(files: ReadonlyMap<string, SiteFile>, host: string, port: number): Promise<SiteServer> {
    const server = createServer((request, response) => answer(files, request, response));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, resolve);
    });
    return new SiteServer(server);
  }

  /** With a slash at its end. */
  get url(): string {
    const { address, family, port } = this.#server.address() as AddressInfo;
    const wildcard = address === "0.0.0.0" || address === "::";
    const host = wildcard ? "127.0.0.1" : family === "IPv6" ? `[${address}]` : address;
    return `http://${host}:${port}/`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}

function answer(
  files: ReadonlyMap<string, SiteFile>,
  { method, url = "/", headers }: IncomingMessage,
  response: ServerResponse,
): void {
  if (method !== "GET" && method !== "HEAD") {
    response.writeHead(405, { allow: "GET, HEAD" }).end();
    return;
  }
  const path = url.split(/[?#]/, 1)[0] ?? "/";
  const file = files.get(path === "/" ? "index.html" : path.slice(1));
  if (file === undefined) {
    response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("There is no such file.\n");
    return;
  }
  // A newer hetuc on the same port serves other files under the same names: asking is cheap, and always right.
  response.setHeader("cache-control", "no-cache");
  response.setHeader("etag", file.etag);
  response.setHeader("vary", "accept-encoding");
  response.setHeader("x-content-type-options", "nosniff");
  if (headers["if-none-match"]?.includes(file.etag) === true) {
    response.writeHead(304).end();
    return;
  }
  const takesPacked = file.isPacked && /\bgzip\b/.test(String(headers["accept-encoding"] ?? ""));
  const content = takesPacked ? file.content : plainContent(file);
  if (takesPacked) response.setHeader("content-encoding", "gzip");
  response.writeHead(200, { "content-type": file.type, "content-length": content.length });
  response.end(method === "HEAD" ? undefined : content);
}
