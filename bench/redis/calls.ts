import type { Row } from "../row.js";
import { fill } from "../runtime/fill.js";
import { ACCOUNTS, ITEMS } from "../runtime/systems.js";
import type { Workload } from "../runtime/workload.js";
import type { ServerProcess } from "../runtime/processes.js";
import { BareHandler } from "./bare-handler.js";
import { type Cost, loadOnce, type RedisParts, startBare, startHetu, type Target } from "./sides.js";

/** Least ratio to the bare handler with as many workers, at 128 connections. */
const AIM = 0.75;

const MANY = 128;

/** Share of calls that need not be answered with a result. */
const MOST_REFUSED = 0.01;

interface Measured {
  readonly name: string;
  readonly workload: Workload;
  readonly connections: readonly number[];
}

/** @param most Rows of a table. */
function measuredCalls(most: number): readonly Measured[] {
  const keys = Math.min(ITEMS, most);
  const accounts = Math.min(ACCOUNTS, most);
  return [
    { name: "get", workload: { kind: "get", keys }, connections: [1, 32, MANY] },
    { name: "get+update", workload: { kind: "get_update", keys }, connections: [1, 32, MANY] },
    { name: "get2+update2", workload: { kind: "get2_update2", keys }, connections: [MANY] },
    { name: "transfer, Zipf 0", workload: { kind: "transfer", accounts, skew: 0 }, connections: [MANY] },
    { name: "transfer, Zipf 1.5", workload: { kind: "transfer", accounts, skew: 1.5 }, connections: [MANY] },
  ];
}

/** A round: the runtime, the handler, the echo, one right after the other. */
interface Round {
  readonly ours: Cost;
  readonly limit: Cost;
  readonly echo: Cost;
}

/** Calls a second on Redis beside those of a bare handler with as many workers; the median of the pairs. */
export async function measureRedisCalls(
  target: Target,
  options: RedisParts,
  report: (row: Row) => void,
): Promise<void> {
  const { quick, mostRows } = options;
  const [measureMs, rounds] = quick ? [200, 1] : [800, 5];
  const handler = await BareHandler.open(target.url, target.prefix);
  await handler.fill(mostRows);
  handler.close();
  let filled = false;
  for (const workers of options.workers) {
    const bare = await startBare(workers, target);
    const hetu = await startHetu(workers, target);
    try {
      if (!filled) await fill(hetu, mostRows);
      filled = true;
      for (const { name, workload, connections } of measuredCalls(mostRows)) {
        for (const count of quick ? [MANY] : connections) {
          const taken: Round[] = [];
          for (let i = 0; i < rounds; i++) taken.push(await round(hetu, bare, target, count, workload, measureMs));
          report(rowOf(name, count, workers, taken));
        }
      }
    } finally {
      await hetu.stop();
      await bare.stop();
    }
  }
}

async function round(
  hetu: ServerProcess,
  bare: ServerProcess,
  target: Target,
  connections: number,
  workload: Workload,
  measureMs: number,
): Promise<Round> {
  const ours = await loadOnce(hetu, target, connections, workload, measureMs);
  const limit = await loadOnce(bare, target, connections, workload, measureMs);
  const echo = await loadOnce(bare, target, connections, { kind: "hello" }, measureMs / 3);
  for (const { refused, answered } of [ours, limit]) {
    // Hot rows may use a call's runs up now and then.
    if (refused > answered * MOST_REFUSED) {
      throw new Error(`${workload.kind}: ${refused} of ${answered} calls were not answered with a result`);
    }
  }
  return { ours, limit, echo };
}

function rowOf(name: string, connections: number, workers: number, rounds: readonly Round[]): Row {
  const ratioOf = ({ ours, limit }: Round): number => ours.callsPerSecond / limit.callsPerSecond;
  const sorted = [...rounds].sort((a, b) => ratioOf(a) - ratioOf(b));
  const { ours, limit, echo } = sorted[sorted.length >> 1]!;
  const cpuRatio = median(rounds.map(({ ours, limit }) => cpuOf(limit) / cpuOf(ours)));
  const spread =
    sorted.length === 1 ? "" : ` (${ratioOf(sorted[0]!).toFixed(2)}–${ratioOf(sorted.at(-1)!).toFixed(2)})`;
  return {
    name: `${name}, ${connections} connection${connections === 1 ? "" : "s"}, ${workers} worker${workers === 1 ? "" : "s"}`,
    value: ours.callsPerSecond,
    unit: "calls/s",
    limit: limit.callsPerSecond,
    ratio: ratioOf({ ours, limit, echo }),
    ...(connections === MANY && { aim: `≥ ${AIM}` }),
    note: [
      `echo ${Math.round(echo.callsPerSecond).toLocaleString("en-US")}`,
      `p50 ${ours.p50Ms.toFixed(2)} p99 ${ours.p99Ms.toFixed(1)} ms (${limit.p50Ms.toFixed(2)}, ${limit.p99Ms.toFixed(1)})`,
      `CPU a call: server ${ours.serverCpu.toFixed(0)} µs (${limit.serverCpu.toFixed(0)}), Redis ${ours.redisCpu.toFixed(1)} µs (${limit.redisCpu.toFixed(1)}), ratio ${cpuRatio.toFixed(2)}`,
      `Redis ${percent(ours.redisShare)} of a core`,
      `${ours.commands.toFixed(2)} commands a call (${limit.commands.toFixed(2)})`,
      `again ${percent(ours.again)} (${percent(limit.again)})${spread === "" ? "" : `; ratios${spread}`}`,
    ].join("; "),
  };
}

/** Of a call, in µs: of the server and of Redis. */
function cpuOf({ serverCpu, redisCpu }: Cost): number {
  return serverCpu + redisCpu;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
}
