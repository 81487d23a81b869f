import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** The server could not bind its port. */
export class PortTakenError extends Error {
  override readonly name = "PortTakenError";
}

// What stays when the test process is killed, so that nothing of it outlives it.
const GUARD = 'cat >/dev/null; kill -KILL "$1" 2>/dev/null; [ -z "$2" ] || rm -rf -- "$2"';

const living = new Set<RedisProcess>();
process.on("exit", () => {
  for (const one of living) one.killNow();
});

/** One run of `redis-server`, from its start to its end. */
export class RedisProcess {
  readonly #process: ChildProcess;
  readonly #guard: ChildProcess;
  readonly #ended: Promise<unknown>;
  #output = "";

  private constructor(child: ChildProcess, guard: ChildProcess) {
    this.#process = child;
    this.#guard = guard;
    this.#ended = once(child, "close");
    living.add(this);
  }

  /**
   * Starts a server and waits until it accepts commands.
   * @param temporary a folder that goes when this test process is killed.
   * @throws PortTakenError
   */
  static async start(args: readonly string[], temporary: string | undefined): Promise<RedisProcess> {
    const child = spawn("redis-server", args, { stdio: ["ignore", "pipe", "pipe"] });
    await started(child);
    const guard = spawn("/bin/sh", ["-c", GUARD, "guard", String(child.pid), temporary ?? ""], {
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
    });
    guard.unref();
    const server = new RedisProcess(child, guard);
    await server.#ready();
    return server;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  get running(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** All that it has written so far. */
  get output(): string {
    return this.#output;
  }

  /** Sends a signal; does not wait. */
  signal(name: NodeJS.Signals): void {
    this.#process.kill(name);
  }

  killNow(): void {
    this.#process.kill("SIGKILL");
    this.#guard.kill("SIGKILL");
  }

  /** Waits for its end. */
  async ended(): Promise<void> {
    await this.#ended;
    this.#guard.kill("SIGKILL");
    living.delete(this);
  }

  async #ready(): Promise<void> {
    let accepts: () => void;
    const ready = new Promise<"ready">((resolve) => {
      accepts = () => resolve("ready");
    });
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#output += text;
        if (this.#output.includes("Ready to accept connections")) accepts();
      });
    const outcome = await Promise.race([ready, this.#ended.then(() => "ended" as const)]);
    if (outcome === "ready") return;
    await this.ended();
    if (/address already in use|failed listening on port/i.test(this.#output)) throw new PortTakenError(this.#output);
    throw new Error(`redis-server ${this.#process.spawnargs.slice(1).join(" ")} did not start:\n${this.#output}`);
  }
}

async function started(child: ChildProcess): Promise<void> {
  try {
    await once(child, "spawn");
  } catch (error) {
    throw new Error(
      "the tests need redis-server 7.0 or later in the PATH: run `node scripts/set-up.mjs`, or install it " +
        "(Debian, Ubuntu: apt-get install redis-server; Fedora: dnf install redis; macOS: brew install redis)",
      { cause: error },
    );
  }
}
