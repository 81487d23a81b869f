import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const inProject = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** Bundles `child.ts`; below the project, so that it finds the packages. @returns the path of the program. */
export async function buildChild(): Promise<string> {
  const outfile = inProject(`node_modules/.cache/hetu-test/store-child-${process.pid}.mjs`);
  await build({
    entryPoints: [inProject("test/runtime/store/child.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    alias: { hetu: inProject("runtime/index.ts") },
  });
  return outfile;
}

/** A child at work. */
export class Child {
  /** Numbers of the transactions that it has called durable. */
  readonly done: number[] = [];
  /** What it said when its store failed. */
  failure: string | undefined = undefined;
  readonly #process: ChildProcess;
  readonly #closed: Promise<unknown>;
  readonly #ready: Promise<unknown>;

  constructor(command: string, args: readonly string[]) {
    this.#process = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
    if (this.#process.stdout === null) throw new Error("the child has no output");
    const lines = createInterface({ input: this.#process.stdout });
    this.#closed = once(lines, "close");
    this.#ready = once(lines, "line");
    lines.on("line", (line) => {
      const [word, rest = ""] = line.split(/ (.*)/s);
      if (word === "done") this.done.push(Number(rest));
      if (word === "failed") this.failure = rest;
    });
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  async ready(): Promise<void> {
    await this.#ready;
  }

  /** Waits until it has said that this many transactions are durable. */
  async progress(count: number): Promise<void> {
    while (this.done.length < count && this.#process.exitCode === null)
      await new Promise((resolve) => setImmediate(resolve));
  }

  kill(): void {
    this.#process.kill("SIGKILL");
  }

  /** Waits for its end and for all that it has said. */
  async ended(): Promise<void> {
    await this.#closed;
    if (this.#process.exitCode === null && this.#process.signalCode === null) await once(this.#process, "exit");
  }
}
