import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Program, type Programs } from "./program.js";

export const TALLY = `namespace tally

@permission(everybody)
component Counter { number: i64 @unique  value: i64 = 0 }

@permission(everybody)
system increment(number: i64): i64 uses Counter

@permission(everybody) @once
system increment_once(number: i64): i64 uses Counter

@permission(everybody)
system edition(): i32 uses Counter

@permission(everybody)
system hang() uses Counter

@permission(everybody)
system fail() uses Counter
`;

/** @param edition what the system of that name answers, so that it can be told which code runs. */
export function tallyCode(edition: number, more = ""): string {
  return `import { implement } from "hetu";
import { schema } from "../generated/server-ts/tally/index.js";
import type { Context } from "./context.js";

${more}

async function increment(ctx: Context, number: bigint): Promise<bigint> {
  const counter = await ctx.Counter.upsert({ number });
  counter.value += 1n;
  return counter.value;
}

export default implement(schema, {
  increment,
  incrementOnce: increment,
  edition: () => ${edition},
  hang: () => new Promise<void>(() => undefined),
  fail: () => {
    throw new Error("edition ${edition} fails");
  },
});
`;
}

/** All sockets of a test come from one address, and nobody logs in. */
const SETTINGS = { targets: ["server-ts"], server: { limits: { anonymous_per_address: 1000 } } };

const CONTEXT = `export interface Context {
  readonly Counter: { upsert(key: { number: bigint }): Promise<{ value: bigint }> | { value: bigint } };
}
`;

/** A project in a temporary folder, with the server that serves it. */
export class TallyProject {
  readonly programs: Program[] = [];

  private constructor(
    readonly folder: string,
    private readonly installed: Programs,
  ) {}

  /** A fresh one, compiled. */
  static async create(installed: Programs): Promise<TallyProject> {
    const folder = await mkdtemp(join(tmpdir(), "hetu-tally-"));
    const project = new TallyProject(folder, installed);
    for (const name of ["schema", "server"]) await mkdir(join(folder, name));
    await writeFile(join(folder, "hetu.json"), JSON.stringify(SETTINGS));
    await writeFile(join(folder, "server/context.ts"), CONTEXT);
    await project.compile(TALLY);
    await project.write(tallyCode(1));
    return project;
  }

  get server(): string {
    return join(this.folder, "server");
  }

  /** Takes another schema. */
  async compile(schema: string): Promise<void> {
    await writeFile(join(this.folder, "schema/tally.hetu"), schema);
    const hetuc = join(this.installed.folder, "dist/compiler/cli.js");
    const child = spawn(process.execPath, [hetuc, "build"], { cwd: this.folder, stdio: "ignore" });
    const [code] = (await once(child, "exit")) as [number | null];
    if (code !== 0) throw new Error(`the schema does not compile: exit code ${String(code)}`);
  }

  /** Takes other code, at once, so that nobody reads half of it. */
  async write(code: string, file = "server/index.ts"): Promise<void> {
    const whole = join(this.folder, "replacement");
    await writeFile(whole, code);
    await rename(whole, join(this.folder, file));
  }

  /** `hetu start` on any port. */
  start(...args: readonly string[]): Program {
    const free = ["--port", "0", "--host", "127.0.0.1", "--metrics", "0", "--no-pretty"];
    const program = new Program(this.installed.hetu, ["start", ...free, ...args], { cwd: this.folder });
    this.programs.push(program);
    return program;
  }

  async remove(): Promise<void> {
    for (const program of this.programs.splice(0)) await program.stop("SIGKILL");
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The port of the server. */
export async function tallyPort(program: Program, from = 0): Promise<number> {
  return Number((await program.line(/serving ws:\/\/127\.0\.0\.1:(\d+)\/hetu\/tally/, from))[1]);
}

/** The port of the operations pages. */
export async function pagesPort(program: Program): Promise<number> {
  return Number((await program.line(/\/readyz and \/metrics on port (\d+)/))[1]);
}

/** Process numbers of the workers that have begun to serve, in that order. */
export function workerPids(program: Program): number[] {
  const lines = program.lines.filter((line) => line.includes("serving ws"));
  return [...new Set(lines.map((line) => (JSON.parse(line) as { pid: number }).pid))];
}

/** Sends SIGHUP and waits for what comes of it. */
export async function hangUp(program: Program): Promise<string> {
  const from = program.lines.length;
  program.child.kill("SIGHUP");
  return (await program.line(/SIGHUP: /, from)).input;
}
