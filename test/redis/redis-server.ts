import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { PORT_ATTEMPTS, somePort } from "./ports.js";
import { PortTakenError, RedisProcess } from "./redis-process.js";

/** What a server answers; bulk strings as text. */
export type Reply = string | number | null | Reply[];

export interface RedisServerOptions {
  /** Further words of the command line, e.g. `["--maxmemory", "10mb"]`. */
  readonly args?: readonly string[];
  /** Append-only file with this `appendfsync`; off unless given. */
  readonly aof?: "always" | "everysec" | false;
  /** Where it keeps its files; a temporary folder, removed at its end, unless given. */
  readonly folder?: string;
}

/** A server, or a proxy in front of one. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

const HOST = "127.0.0.1";

/** A real Redis server on a loopback port. */
export class RedisServer {
  readonly host = HOST;
  readonly port: number;
  /** Where its files are. */
  readonly folder: string;
  readonly #args: readonly string[];
  readonly #temporary: boolean;
  #process: RedisProcess;
  #client: Redis | undefined = undefined;

  private constructor(
    start: { port: number; folder: string; temporary: boolean; args: readonly string[] },
    process: RedisProcess,
  ) {
    this.port = start.port;
    this.folder = start.folder;
    this.#temporary = start.temporary;
    this.#args = start.args;
    this.#process = process;
  }

  static async start(options: RedisServerOptions = {}): Promise<RedisServer> {
    const temporary = options.folder === undefined;
    const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "hetu-redis-")));
    const persistence =
      options.aof === undefined || options.aof === false
        ? ["--appendonly", "no"]
        : ["--appendonly", "yes", "--appendfsync", options.aof];
    const args = ["--bind", HOST, "--dir", folder, "--save", "", ...persistence, ...DEFAULTS, ...(options.args ?? [])];
    try {
      for (let attempt = 1; ; attempt++) {
        const port = somePort();
        try {
          const process = await RedisProcess.start(["--port", String(port), ...args], temporary ? folder : undefined);
          return new RedisServer({ port, folder, temporary, args }, process);
        } catch (error) {
          if (!(error instanceof PortTakenError) || attempt === PORT_ATTEMPTS) throw error;
        }
      }
    } catch (error) {
      if (temporary) await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  get url(): string {
    return `redis://${HOST}:${this.port}/0`;
  }

  get pid(): number {
    return this.#process.pid;
  }

  get running(): boolean {
    return this.#process.running;
  }

  /** What it has written to its log since its last start. */
  get output(): string {
    return this.#process.output;
  }

  /** One command, as with `redis-cli`. @throws ReplyError when the server answers with an error. */
  async command(...words: readonly [string, ...(string | number | Buffer)[]]): Promise<Reply> {
    const [name, ...rest] = words;
    return (await this.#connection().call(name, ...rest)) as Reply;
  }

  /** The same, for commands whose answer is a list of bulk strings, as bytes. */
  async bytes(...words: readonly [string, ...(string | number | Buffer)[]]): Promise<readonly Buffer[]> {
    const [name, ...rest] = words;
    return (await this.#connection().callBuffer(name, ...rest)) as Buffer[];
  }

  /** The fields of one section of `INFO`. */
  async info(section: string): Promise<ReadonlyMap<string, string>> {
    const text = String(await this.command("INFO", section));
    return new Map(
      text
        .split("\r\n")
        .filter((line) => line.includes(":"))
        .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)] as const),
    );
  }

  /** Stops it for a while: it keeps its connections and answers nothing. */
  pause(): void {
    this.#process.signal("SIGSTOP");
  }

  resume(): void {
    this.#process.signal("SIGCONT");
  }

  /** Sends a signal and waits for its end; its files stay, {@link restart} goes on with them. */
  async kill(signal: "SIGKILL" | "SIGTERM" | "SIGINT" = "SIGKILL"): Promise<void> {
    this.#disconnect();
    if (!this.running) return;
    this.#process.signal(signal);
    if (signal !== "SIGKILL") this.#process.signal("SIGCONT");
    await this.#process.ended();
  }

  /** Starts it again on the same port, with its files; ends it first when it runs. */
  async restart(): Promise<void> {
    await this.kill("SIGTERM");
    this.#process = await RedisProcess.start(
      ["--port", String(this.port), ...this.#args],
      this.#temporary ? this.folder : undefined,
    );
  }

  /** Ends it and removes its temporary folder. */
  async stop(): Promise<void> {
    await this.kill("SIGKILL");
    if (this.#temporary) await rm(this.folder, { recursive: true, force: true });
  }

  #connection(): Redis {
    if (this.#client?.status === "end") this.#client = undefined;
    if (this.#client === undefined) {
      this.#client = new Redis(this.port, HOST, { protocol: 2, retryStrategy: null, lazyConnect: true });
      // Every command tells its own failure.
      this.#client.on("error", () => undefined);
    }
    return this.#client;
  }

  #disconnect(): void {
    this.#client?.disconnect();
    this.#client = undefined;
  }
}

const DEFAULTS = [
  ...["--daemonize", "no", "--enable-debug-command", "local"],
  // Replicas join without the delay that waits for more of them, and notice a silent primary in test time.
  ...["--repl-diskless-sync-delay", "0", "--repl-ping-replica-period", "1"],
];

/** @throws Error with the server's output when it does not start. */
export function startRedis(options: RedisServerOptions = {}): Promise<RedisServer> {
  return RedisServer.start(options);
}

/** A read replica of a server; resolves once it has the primary's data and follows it. */
export async function startReplica(of: Endpoint, options: RedisServerOptions = {}): Promise<RedisServer> {
  const replica = await RedisServer.start({
    ...options,
    args: ["--replicaof", of.host, String(of.port), ...(options.args ?? [])],
  });
  await inSync(replica);
  return replica;
}

/** Waits until a replica follows its primary. */
export async function inSync(replica: RedisServer): Promise<void> {
  await eventually(async () => (await replica.info("replication")).get("master_link_status") === "up");
}

/** Asks until the answer is yes: for states that a server does not tell of by itself. */
export async function eventually(holds: () => Promise<boolean>, within = 60_000): Promise<void> {
  const end = performance.now() + within;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`it did not come true within ${within / 1000} s: ${holds.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
