import type { LoadOrder, LoadReport } from "../runtime/load.js";
import { runLoad, type ServerProcess, startServer } from "../runtime/processes.js";
import type { Workload } from "../runtime/workload.js";
import type { RedisProbe } from "./redis-probe.js";

/** The Redis that is measured with. */
export interface Target {
  readonly url: string;
  /** Of all keys; nobody else's begin with it. */
  readonly prefix: string;
  readonly probe: RedisProbe;
}

/** How much is measured. */
export interface RedisParts {
  /** Short runs, which only show that everything works. */
  readonly quick: boolean;
  /** Server processes of an instance; one measurement for each. */
  readonly workers: readonly number[];
  /** Of each table. */
  readonly mostRows: number;
}

/** Load, and what it has cost. */
export interface Cost extends LoadReport {
  /** Processor time of the server's processes for a call, in µs. */
  readonly serverCpu: number;
  /** The same of Redis. */
  readonly redisCpu: number;
  /** Share of one core that Redis used. */
  readonly redisShare: number;
  /** Commands that Redis was sent for a call. */
  readonly commands: number;
  /** Transactions that were run again, for a call. */
  readonly again: number;
}

export function startHetu(workers: number, { url, prefix }: Target): Promise<ServerProcess> {
  return startServer("../redis/hetu-workers", [String(workers), url, prefix]);
}

export function startBare(workers: number, { url, prefix }: Target): Promise<ServerProcess> {
  return startServer("../redis/bare-workers", [String(workers), url, prefix]);
}

/** Loads a server once. Warm-up is in the costs, which are divided by all calls. */
export async function loadOnce(
  server: ServerProcess,
  { probe }: Target,
  connections: number,
  workload: Workload,
  measureMs: number,
): Promise<Cost> {
  const before = await Promise.all([server.usage(), probe.work()]);
  const began = performance.now();
  const report = await runLoad<LoadOrder, LoadReport>("load", {
    port: server.port,
    path: server.path,
    connections,
    depth: 1,
    warmupMs: measureMs / 3,
    measureMs,
    workload,
  });
  const took = performance.now() - began;
  const after = await Promise.all([server.usage(), probe.work()]);
  const calls = Math.max(report.answered, 1);
  const redisMs = after[1].cpuMs - before[1].cpuMs;
  return {
    ...report,
    serverCpu: (after[0].cpu - before[0].cpu) / calls,
    redisCpu: (1000 * redisMs) / calls,
    redisShare: redisMs / took,
    commands: (after[1].commands - before[1].commands) / calls,
    again: ((after[0].again ?? 0) - (before[0].again ?? 0)) / calls,
  };
}
