import type { Row } from "../row.js";
import type { LoadOrder, LoadReport } from "./load.js";
import { runLoad, type ServerProcess } from "./processes.js";
import { ACCOUNTS, ITEMS } from "./systems.js";
import type { Workload } from "./workload.js";

interface Shape {
  readonly connections: number;
  readonly depth: number;
}

const SHAPES: readonly Shape[] = [
  { connections: 1, depth: 1 },
  { connections: 32, depth: 1 },
  { connections: 128, depth: 1 },
  { connections: 128, depth: 40 },
];

/** One call at a time, and many: enough to show that everything works. */
const QUICK_SHAPES = SHAPES.filter(({ connections, depth }) => connections === 1 || depth > 1);

/** `aim`: the least ratio to the bare echo at 128 connections, one call at a time and pipelined. */
const WORKLOADS: readonly { name: string; workload: Workload; aim?: number; pipelinedAim?: number }[] = [
  { name: "hello", workload: { kind: "hello" }, aim: 0.7, pipelinedAim: 0.55 },
  { name: "get", workload: { kind: "get", keys: ITEMS }, aim: 0.6 },
  { name: "get+update", workload: { kind: "get_update", keys: ITEMS }, aim: 0.45 },
  { name: "get2+update2", workload: { kind: "get2_update2", keys: ITEMS } },
  { name: "transfer, Zipf 0", workload: { kind: "transfer", accounts: ACCOUNTS, skew: 0 }, aim: 0.35 },
  { name: "transfer, Zipf 1.5", workload: { kind: "transfer", accounts: ACCOUNTS, skew: 1.5 }, aim: 0.35 },
];

/** Calls a second beside the bare echo at the same number of connections, each pair taken one after the other. */
export async function measureCalls(
  bare: ServerProcess,
  hetu: ServerProcess,
  { quick, measureMs }: { readonly quick: boolean; readonly measureMs: number },
  report: (row: Row) => void,
): Promise<void> {
  for (const shape of quick ? QUICK_SHAPES : SHAPES) {
    const pipelined = shape.depth > 1;
    const where = `${shape.connections} connection${shape.connections === 1 ? "" : "s"}${pipelined ? ` × ${shape.depth}` : ""}`;
    const limitBefore = await load(bare, shape, { kind: "hello" }, measureMs);
    report({
      name: `bare echo, ${where}`,
      value: limitBefore.callsPerSecond,
      unit: "calls/s",
      note: delays(limitBefore),
    });
    for (const { name, workload, aim, pipelinedAim } of WORKLOADS) {
      const ours = await load(hetu, shape, workload, measureMs);
      const limit = await load(bare, shape, { kind: "hello" }, measureMs);
      if (ours.refused > 0) throw new Error(`${name}: ${ours.refused} calls were not answered with a result`);
      const bound = shape.connections === 128 ? (pipelined ? pipelinedAim : aim) : undefined;
      report({
        name: `${name}, ${where}`,
        value: ours.callsPerSecond,
        unit: "calls/s",
        limit: limit.callsPerSecond,
        ratio: ours.callsPerSecond / limit.callsPerSecond,
        ...(bound !== undefined && { aim: `≥ ${bound}` }),
        note: delays(ours),
      });
    }
  }
}

function load(server: ServerProcess, shape: Shape, workload: Workload, measureMs: number): Promise<LoadReport> {
  return runLoad<LoadOrder, LoadReport>("load", {
    port: server.port,
    path: server.path,
    ...shape,
    warmupMs: Math.min(1000, measureMs / 2),
    measureMs,
    workload,
  });
}

function delays(report: LoadReport): string {
  return `p50 ${report.p50Ms.toFixed(2)} ms, p99 ${report.p99Ms.toFixed(2)} ms`;
}
