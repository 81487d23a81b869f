import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const HOST = "127.0.0.1";

/** There is no redis-server to measure with. */
export class RedisMissingError extends Error {
  override readonly name = "RedisMissingError";

  constructor() {
    super(
      "the part `redis` starts redis-server 7.0 or later, and there is none in the PATH: install it (Debian, Ubuntu: " +
        "apt-get install redis-server; Fedora: dnf install redis; macOS: brew install redis), or name a running server: " +
        "npm run bench -- redis --store redis://127.0.0.1:6379/0",
    );
  }
}

/** A Redis that the benchmark has started: data in memory only. */
export interface OwnRedis {
  readonly host: string;
  readonly port: number;
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts a server on a free loopback port.
 * @param args Further words of its command line.
 * @throws RedisMissingError
 */
export async function startRedis(args: readonly string[] = []): Promise<OwnRedis> {
  if (spawnSync("redis-server", ["--version"]).status !== 0) throw new RedisMissingError();
  const folder = await mkdtemp(join(tmpdir(), "hetu-bench-redis-"));
  const port = await freePort();
  const words = ["--bind", HOST, "--port", String(port), "--dir", folder, "--save", "", "--appendonly", "no", ...args];
  const child = spawn("redis-server", words, { stdio: ["ignore", "pipe", "inherit"] });
  const kill = (): void => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
  process.once("exit", kill);
  const ended = once(child, "exit");
  await accepting(child, ended);
  return {
    host: HOST,
    port,
    url: `redis://${HOST}:${port}/0`,
    async stop() {
      child.kill("SIGTERM");
      await ended;
      process.off("exit", kill);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function accepting(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  let output = "";
  const ready = new Promise<boolean>((resolve) => {
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (output.includes("Ready to accept connections")) resolve(true);
    });
  });
  if (!(await Promise.race([ready, ended.then(() => false)])))
    throw new Error(`redis-server did not start:\n${output}`);
}

/** One whose neighbour for the bus of a cluster (10,000 above) exists, too. */
async function freePort(): Promise<number> {
  for (;;) {
    const server = createServer();
    server.listen(0, HOST);
    await once(server, "listening");
    const address = server.address();
    server.close();
    await once(server, "close");
    if (address !== null && typeof address === "object" && address.port < 55_000) return address.port;
  }
}
