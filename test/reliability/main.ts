import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Fault, FAULTS, missingFor } from "./faults.js";
import { type FaultReport, runFault } from "./run-fault.js";

const HELP = `npm run reliability -- [options]

Faults under load on real servers, with a checker afterwards. Prints what was measured; exits with 1 when anything was
lost, happened twice, or was shown wrong.

  --fault <name>      only this one; may be repeated. ${FAULTS.map(({ name }) => name).join(", ")}
  --rounds <count>    of each fault, each with another seed; 3
  --minutes <count>   rounds until the time is over, instead
  --seed <number>     of the first round; 1. The same seed makes the same choices
  --longest <seconds> that a network or a server is away; 20
`;

const { values } = parseArgs({
  options: {
    hetu: { type: "string", default: "" },
    entry: { type: "string", default: "" },
    fault: { type: "string", multiple: true, default: [] },
    rounds: { type: "string", default: "3" },
    minutes: { type: "string" },
    seed: { type: "string", default: "1" },
    longest: { type: "string", default: "20" },
    help: { type: "boolean", default: false },
  },
});

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const COLUMNS = [
  ["fault", 14, ({ fault }) => fault],
  ["seed", 5, ({ seed }) => String(seed)],
  ["answered", 9, ({ answered }) => String(answered)],
  ["unknown", 8, ({ unknown }) => String(unknown)],
  ["refused", 8, ({ refused }) => String(refused)],
  ["lost", 5, ({ lost }) => String(lost)],
  ["wrong", 6, ({ problems }) => String(problems.length)],
  ["calls", 7, ({ calls }) => secondsOf(calls)],
  ["views", 7, ({ views }) => secondsOf(views)],
  ["presence", 9, ({ presence }) => secondsOf(presence)],
  ["ticks", 7, ({ ticks }) => secondsOf(ticks)],
  ["left out", 9, ({ leftOut }) => String(leftOut)],
  ["lease", 7, ({ lease }) => (lease === undefined ? "" : secondsOf(lease))],
  ["did", 0, ({ did }) => did],
] as const satisfies readonly (readonly [string, number, (report: FaultReport) => string])[];

function secondsOf(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

async function round(fault: Fault, seed: number): Promise<boolean> {
  const bounds = { shortest: 1000, longest: Number(values.longest) * 1000 };
  const { hetu, entry } = values;
  const log = join(tmpdir(), `hetu-reliability-${fault.name}-${seed}.log`);
  try {
    const report = await runFault({ hetu, entry }, fault, seed, bounds);
    print(COLUMNS.map(([, width, text]) => text(report).padEnd(width)).join(" "));
    if (report.problems.length === 0) return true;
    print(report.problems.map((problem) => `  ${problem}`).join("\n"));
    await writeFile(log, report.log);
  } catch (error) {
    const text = String(error);
    print(`${fault.name.padEnd(14)} ${String(seed).padEnd(5)} ${text.slice(0, 2000)}`);
    await writeFile(log, text);
  }
  print(`  what the servers wrote: ${log}`);
  return false;
}

async function main(): Promise<number> {
  if (values.help) {
    print(HELP);
    return 0;
  }
  const chosen = FAULTS.filter(({ name }) => values.fault.length === 0 || values.fault.includes(name));
  const unknown = values.fault.find((name) => !FAULTS.some((fault) => fault.name === name));
  if (unknown !== undefined) {
    print(`there is no fault ${unknown}\n\n${HELP}`);
    return 2;
  }
  const end = values.minutes === undefined ? undefined : performance.now() + Number(values.minutes) * 60_000;
  const first = Number(values.seed);
  let bad = 0;
  print(COLUMNS.map(([name, width]) => name.padEnd(width)).join(" "));
  for (let n = 0; end === undefined ? n < Number(values.rounds) : performance.now() < end; n++) {
    for (const fault of chosen) {
      if (end !== undefined && performance.now() > end) break;
      const missing = missingFor(fault);
      if (missing === undefined) bad += (await round(fault, first + n)) ? 0 : 1;
      else if (n === 0) print(`${fault.name.padEnd(14)} left out: ${missing}`);
    }
  }
  print(bad === 0 ? "nothing was wrong" : `${bad} rounds went wrong`);
  return bad === 0 ? 0 : 1;
}

process.exitCode = await main();
