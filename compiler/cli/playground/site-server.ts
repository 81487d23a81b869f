import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo, isIP } from "node:net";
import { UsageError } from "../usage-error.js";
import type { ReadProject } from "./open-project.js";
import { plainContent, type Site, type SiteFile } from "./site.js";

/** A server of the page's files and of nothing else. */
export class SiteServer {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /**
   * @param port 0 for any that is free.
   * @param project what the page opens with, read again whenever the page is asked for.
   * @throws the network's error when it cannot listen there.
   */
  static async listen(site: Site, host: string, port: number, project?: ReadProject): Promise<SiteServer> {
    const server = createServer((request, response) => {
      void answer(site, host, project, request, response);
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, resolve);
    });
    return new SiteServer(server);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
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

async function answer(
  site: Site,
  host: string,
  project: ReadProject | undefined,
  { method, url = "/", headers, socket }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refuse = (status: number, message: string): void => {
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${message}\n`);
  };
  if (isLoopback(socket.localAddress) && !isOwnName(headers.host, host)) {
    refuse(403, "This server answers to localhost, to addresses of numbers, and to the name given with --host.");
    return;
  }
  if (method !== "GET" && method !== "HEAD") {
    response.setHeader("allow", "GET, HEAD");
    refuse(405, "Files are read here, nothing else.");
    return;
  }
  const path = url.split(/[?#]/, 1)[0] ?? "/";
  let file: SiteFile | undefined;
  try {
    const isPage = path === "/" || path === "/index.html";
    file = isPage ? site.page(await project?.()) : site.files.get(path.slice(1));
  } catch (error) {
    // The schema has changed on the disk since the start: the message says what is the matter with it.
    refuse(500, error instanceof UsageError ? [error.message, error.help].join("\n") : String(error));
    return;
  }
  if (file === undefined) refuse(404, "There is no such file.");
  else send(file, method, headers, response);
}

function send(file: SiteFile, method: string, headers: IncomingMessage["headers"], response: ServerResponse): void {
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

function isLoopback(address = ""): boolean {
  return /^(::ffff:)?127\.|^::1$/.test(address);
}

/**
 * Whether a request over the loopback is meant for this server. A page of anybody may have a name that resolves to
 * 127.0.0.1 (DNS rebinding), and would read the schema under that name as its own.
 *
 * @param asked the header `host`.
 * @param host what --host said.
 */
function isOwnName(asked = "", host: string): boolean {
  const name = asked.replace(/:\d+$/, "").toLowerCase();
  return name === host.toLowerCase() || /^(.+\.)?localhost$/.test(name) || isIP(name.replace(/^\[|\]$/g, "")) !== 0;
}
