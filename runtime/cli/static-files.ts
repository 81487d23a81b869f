import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { extname, join, posix } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".mp3": "audio/mpeg",
  ".ogg": "audio/ogg",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/**
 * Serves folders over HTTP: for demos and small pages, not a web server. Files and folders whose name starts with a dot
 * are not served.
 *
 * @param folders absolute paths by the path that they stand at; the longest that fits decides.
 */
export function staticFiles(folders: ReadonlyMap<string, string>): RequestListener {
  const mounts = [...folders]
    .map(([path, folder]) => ({ prefix: path.endsWith("/") ? path : `${path}/`, folder }))
    .sort((a, b) => b.prefix.length - a.prefix.length);
  return (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { allow: "GET, HEAD" }).end();
      return;
    }
    const path = plainPath(request.url ?? "/");
    const mount = path === undefined ? undefined : mounts.find(({ prefix }) => path.startsWith(prefix));
    if (path === undefined || mount === undefined) {
      notFound(request, response);
      return;
    }
    const rest = path.slice(mount.prefix.length);
    const file = join(mount.folder, rest === "" || rest.endsWith("/") ? `${rest}index.html` : rest);
    void send(file, request, response);
  };
}

/** @returns the decoded path without `.` and `..`; nothing when it is malformed or hidden. */
function plainPath(url: string): string | undefined {
  try {
    const path = posix.normalize(decodeURIComponent(url.split(/[?#]/)[0] ?? "/"));
    const hidden = path.split("/").some((part) => part.startsWith("."));
    return !path.startsWith("/") || hidden || /[\0\\]/.test(path) ? undefined : path;
  } catch {
    return undefined;
  }
}

async function send(file: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  if (found?.isFile() !== true) {
    notFound(request, response);
    return;
  }
  response.writeHead(200, {
    "content-type": TYPES[extname(file)] ?? "application/octet-stream",
    "content-length": found.size,
    "cache-control": "no-cache",
    "x-content-type-options": "nosniff",
  });
  if (request.method === "HEAD") response.end();
  else {
    createReadStream(file)
      .on("error", () => response.destroy())
      .pipe(response);
  }
}

function notFound(request: IncomingMessage, response: ServerResponse): void {
  // Health checks ask for the root, whatever is served.
  const root = request.url === "/";
  response.writeHead(root ? 200 : 404, { "content-type": "text/plain; charset=utf-8" });
  response.end(root ? "ok\n" : "not found\n");
}
