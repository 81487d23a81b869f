import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What one run of a program has cost. */
export interface Cost {
  /** Processor time of the program and the programs that it ran, in seconds. */
  readonly cpu: number;
  /** Largest resident memory of the program itself, in MB. */
  readonly memory: number;
}

/** Clock ticks in a second as /proc counts them: 100 on every Linux that Node runs on. */
const TICKS = 100;

/** Loaded into the measured program: notes at its end what the system has counted for it. */
const NOTE_USAGE = `data:text/javascript,${encodeURIComponent(`
  import { writeFileSync } from "node:fs";
  process.on("exit", () => writeFileSync(process.env.BENCH_USAGE, JSON.stringify(process.resourceUsage())));
`)}`;

/**
 * Runs a program of Node to its end.
 *
 * @throws Error with what it printed when it fails.
 */
export async function measure(args: readonly string[], cwd: string): Promise<Cost> {
  const usageFile = join(tmpdir(), `hetu-bench-usage-${process.pid}.json`);
  const before = childrenSeconds();
  const child = spawn(process.execPath, ["--import", NOTE_USAGE, ...args], {
    cwd,
    env: { ...process.env, BENCH_USAGE: usageFile },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (printed += text));
  const code = await new Promise<number | null>((resolve, reject) =>
    child.once("error", reject).once("close", resolve),
  );
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}:\n${printed.slice(0, 4000)}`);
  const after = childrenSeconds();

  const usage = JSON.parse(readFileSync(usageFile, "utf8")) as NodeJS.ResourceUsage;
  rmSync(usageFile);
  const own = (usage.userCPUTime + usage.systemCPUTime) / 1e6;
  return {
    cpu: before === undefined || after === undefined ? own : after - before,
    memory: usage.maxRSS / 1024,
  };
}

/** Processor time of all children that have ended, theirs included; only Linux tells. */
function childrenSeconds(): number | undefined {
  if (process.platform !== "linux") return undefined;
  const stat = readFileSync("/proc/self/stat", "utf8");
  // Fields 16 and 17 (cutime, cstime) of proc(5); the second field, in parentheses, may hold spaces.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) / TICKS;
}
