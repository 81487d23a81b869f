import type { Row } from "../row.js";
import type { LiveOrder, LiveReport } from "./live-load.js";
import { PLACES } from "./places.js";
import { runLoad, startLoad, type ServerProcess } from "./processes.js";

const WATCHERS = [10, 100, 500] as const;
const AIM = "≥ 0.6";
/** Changes a second at which the delay is taken: a busy room, far from saturation. */
const PACE = 60;

const WINDOW = ["sub", "Spot", "range", "x", 0, PLACES, PLACES, false, true];

/** One writer and a window of a hundred rows: delivered updates beside a bare broadcast of the same bytes. */
export async function measureLive(
  bare: ServerProcess,
  hetu: ServerProcess,
  measureMs: number,
  report: (row: Row) => void,
): Promise<void> {
  for (const watchers of WATCHERS) {
    const limit = await deliver(bare, watchers, 0, measureMs, true);
    const ours = await deliver(hetu, watchers, 0, measureMs, false);
    report({
      name: `live window, ${watchers} subscribers`,
      value: ours.perSecond,
      unit: "updates/s",
      limit: limit.perSecond,
      ratio: ours.perSecond / limit.perSecond,
      aim: AIM,
      note: `saturated: p99 ${ours.p99Ms.toFixed(1)} ms (bare ${limit.p99Ms.toFixed(1)} ms)`,
    });
    const pacedLimit = await deliver(bare, watchers, PACE, measureMs, true);
    const paced = await deliver(hetu, watchers, PACE, measureMs, false);
    report({
      name: `live delay, ${watchers} subscribers, ${PACE} changes/s`,
      value: paced.p99Ms,
      unit: "ms p99",
      limit: pacedLimit.p99Ms,
      ratio: paced.p99Ms / pacedLimit.p99Ms,
      note: `p50 ${paced.p50Ms.toFixed(2)} ms (bare ${pacedLimit.p50Ms.toFixed(2)} ms)`,
    });
  }
}

async function deliver(
  server: ServerProcess,
  watchers: number,
  rate: number,
  measureMs: number,
  bare: boolean,
): Promise<LiveReport> {
  const common = { port: server.port, path: server.path, rate, warmupMs: 500, measureMs, bare };
  const watch = await startLoad<LiveOrder, LiveReport>("live-load", {
    ...common,
    role: "watch",
    connections: watchers,
    greetings: [bare ? ["listen"] : WINDOW],
  });
  const writing = runLoad<LiveOrder, unknown>("live-load", { ...common, role: "write", connections: 1, greetings: [] });
  const result = await watch.report;
  await writing;
  return result;
}
