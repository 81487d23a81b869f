import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TcpProxy } from "../redis/index.js";
import { Program } from "../runtime/cli/program.js";
import type { Database } from "./database.js";
import { ServerClock } from "./server-clock.js";

/** What the faults are measured against; everything else is as it comes. Milliseconds. */
export const LEASE_TIME = 2000;
const RESUME_WINDOW = 2000;

/** What a machine runs. */
export interface Installation {
  /** `dist/runtime/cli.js` of the server to try. */
  readonly hetu: string;
  /** `ledger-entry.ts`. */
  readonly entry: string;
}

/** `hetu start` on one machine: a supervisor and its workers, with a network of its own before and behind it. */
export class Machine {
  private constructor(
    /** The newest one. */
    public program: Program,
    /** Between its workers and Redis; none in front of a cluster, whose nodes tell their own addresses. */
    readonly toRedis: TcpProxy | undefined,
    /** Between clients and its workers. */
    readonly toClients: TcpProxy,
    readonly clock: ServerClock | undefined,
    private pages: number,
    private readonly folder: string,
    private readonly run: () => Program,
  ) {}

  static async start(
    { hetu, entry }: Installation,
    database: Database,
    options: { readonly workers: number; readonly ownClock: boolean },
  ): Promise<Machine> {
    const folder = await mkdtemp(join(tmpdir(), "hetu-reliability-"));
    const { url, proxy } = await database.address();
    const server = {
      store: { url, lease_time: LEASE_TIME },
      wire: { resume_window: RESUME_WINDOW },
      limits: { anonymous_per_address: 1000 },
    };
    await writeFile(join(folder, "hetu.json"), JSON.stringify({ server }));
    const clock = options.ownClock ? await ServerClock.create(folder) : undefined;
    // The same port for every process that a supervisor starts in the place of a dead one.
    const port = await freePort();
    const free = ["--port", String(port), "--host", "127.0.0.1", "--metrics", "0", "--no-pretty", "--watchdog", "off"];
    const args = ["start", "--entry", entry, ...free, "--workers", String(options.workers)];
    const run = (): Program =>
      new Program(hetu, args, { cwd: folder, ...(clock === undefined ? {} : { env: clock.env }) });
    const program = run();
    const pages = await serving(program);
    if (options.workers > 1) await program.line(/all \d+ workers serve/);
    return new Machine(program, proxy, await TcpProxy.start(port), clock, pages, folder, run);
  }

  /** Where clients connect. */
  get url(): string {
    return `ws://127.0.0.1:${this.toClients.port}/hetu/ledger`;
  }

  /** Process numbers of the workers. */
  async workers(): Promise<readonly number[]> {
    const answer = await fetch(`http://127.0.0.1:${this.pages}/healthz`);
    const { workers } = (await answer.json()) as { readonly workers: readonly { readonly pid: number }[] };
    return workers.map(({ pid }) => pid);
  }

  /** Starts it again after it was killed; clients reach it where they did. */
  async restart(): Promise<void> {
    this.program = this.run();
    this.pages = await serving(this.program);
  }

  async stop(): Promise<void> {
    await this.toClients.stop();
    await this.program.stop("SIGKILL");
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** @returns the port of the operations pages. */
async function serving(program: Program): Promise<number> {
  const pages = Number((await program.line(/\/readyz and \/metrics on port (\d+)/))[1]);
  await program.line(/serving ws:/);
  return pages;
}

/** A port that nobody has at this moment. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}
