import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Row } from "../row.js";

export interface CsharpOptions {
  /** Short runs, which only show that the benchmark still works. */
  readonly quick: boolean;
}

/** A line that the program prints. */
interface Line {
  readonly protocol: string;
  /** Rows that one message changes. */
  readonly rows: number;
  readonly rowsPerSecond: number;
  /** A mere walk over the same bytes. */
  readonly limit: number;
  readonly bytesPerRow: number;
  /** What one row takes in memory. */
  readonly rowSize: number;
}

const AIM = "≥ 500000";

// This module runs as dist/bench/csharp/index.js.
const root = fileURLToPath(new URL("../../..", import.meta.url));
const project = join(root, "test/csharp/HeTu.Bench");
/** Not in the project's own folder: `dotnet test` may be building there. */
const artifacts = join(root, "dist/bench-dotnet");

/**
 * Row updates that the C# client reads and applies in a second of one core, beside a walk over the same bytes, and what
 * it allocates for each.
 *
 * @throws Error when there is no .NET SDK, or it fails.
 */
export function run({ quick }: CsharpOptions): readonly Row[] {
  dotnet("build", project, "-c", "Release", "--artifacts-path", artifacts, "-v", "quiet", "-nologo");
  const program = join(artifacts, "bin/HeTu.Bench/release/HeTu.Bench.dll");
  return dotnet(program, ...(quick ? ["--quick"] : []))
    .trim()
    .split("\n")
    .flatMap((line) => rowsOf(JSON.parse(line) as Line));
}

function rowsOf({ protocol, rows, rowsPerSecond, limit, bytesPerRow, rowSize }: Line): Row[] {
  const where = `C# client, ${protocol}, ${rows} row${rows === 1 ? "" : "s"} a message`;
  return [
    {
      name: where,
      value: rowsPerSecond,
      unit: "rows/s",
      aim: AIM,
      note: `${(rowsPerSecond / limit).toFixed(2)} of a mere walk over the bytes (${(limit / 1e6).toFixed(1)} million rows/s)`,
    },
    {
      name: `${where}: allocated`,
      value: bytesPerRow,
      unit: "bytes/row",
      limit: rowSize,
      ratio: bytesPerRow / rowSize,
    },
  ];
}

function dotnet(...args: readonly string[]): string {
  const { status, error, stdout, stderr } = spawnSync("dotnet", args, {
    encoding: "utf8",
    env: { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: "1", DOTNET_NOLOGO: "1" },
  });
  if (error !== undefined) throw new Error(`the C# client cannot be measured without the .NET SDK: ${error.message}`);
  if (status !== 0) throw new Error(`dotnet ${args.join(" ")} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}
