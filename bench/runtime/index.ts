import type { Row } from "../row.js";
import { measureCalls } from "./calls.js";
import { fill } from "./fill.js";
import { measureLive } from "./live.js";
import { startServer } from "./processes.js";
import { measureUntouched } from "./untouched.js";

export interface RuntimeOptions {
  /** Short runs, which only show that the benchmark still works. */
  readonly quick: boolean;
  readonly calls: boolean;
  readonly live: boolean;
}

/** Calls, live queries and memory of the runtime, each beside its limit. */
export async function run(options: RuntimeOptions, report: (row: Row) => void): Promise<void> {
  const { quick } = options;
  const measureMs = quick ? 200 : 2000;
  const bare = await startServer("bare-server");
  const hetu = await startServer("hetu-server");
  try {
    const { memory: empty } = await hetu.usage();
    await fill(hetu);
    if (options.calls) await measureCalls(bare, hetu, { quick, measureMs }, report);
    if (options.live) {
      await measureLive(bare, hetu, measureMs, report);
      await measureUntouched(hetu, measureMs, report);
    }
    const { memory: full } = await hetu.usage();
    report({ name: "memory of the server", value: full, unit: "MB", note: `${empty.toFixed(0)} MB before the load` });
  } finally {
    await hetu.stop();
    await bare.stop();
  }
}
