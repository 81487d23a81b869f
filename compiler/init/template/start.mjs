// `npm start`: runs `hetu dev` and serves web/ beside it, with the generated SDK under /sdk.
import { spawn } from "node:child_process";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL(".", import.meta.url));
const port = Number(process.env.WEB_PORT ?? 8080);
const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

function fileOf(url) {
  // This takes every ".." out of an absolute path, so nothing outside the two folders is reached.
  const path = posix.normalize(decodeURIComponent(new URL(url, "http://localhost").pathname));
  if (path.startsWith("/sdk/")) return join(root, "generated/client-js", path.slice("/sdk".length));
  return join(root, "web", path.endsWith("/") ? join(path, "index.html") : path);
}

const web = createServer(async (request, response) => {
  try {
    const file = fileOf(request.url ?? "/");
    if (!(await stat(file)).isFile()) throw new Error("not a file");
    response.setHeader("content-type", types[extname(file)] ?? "application/octet-stream");
    response.setHeader("cache-control", "no-cache");
    createReadStream(file).pipe(response);
  } catch {
    response.writeHead(404).end("not found");
  }
});
web.listen(port, "127.0.0.1", () => console.log(`The page is at http://127.0.0.1:${port}/`));

const server = spawn("hetu", ["dev", ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
  shell: process.platform === "win32",
});
server.on("exit", (code) => process.exit(code ?? 1));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.kill(signal));
