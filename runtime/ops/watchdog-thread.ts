import { writeSync } from "node:fs";
import { hostname } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { BEAT, CURRENT, type WatchdogTask } from "./watchdog.js";

const FATAL = 60;
const STDOUT = 1;

const { memory, thresholdMs, kill, ...task } = workerData as WatchdogTask;
const cells = new Int32Array(memory);
let names: readonly string[] = task.names;
let beat = -1;
let changedAt = performance.now();
let reported = false;

parentPort?.on("message", (message: readonly string[]) => (names = message));
parentPort?.unref();

setInterval(
  () => {
    const now = performance.now();
    const current = Atomics.load(cells, BEAT);
    if (current !== beat) {
      beat = current;
      changedAt = now;
      reported = false;
      return;
    }
    if (reported || now - changedAt < thresholdMs) return;
    reported = true;
    const system = names[Atomics.load(cells, CURRENT) - 1];
    // Past the logger: it belongs to the thread that stands still.
    writeSync(STDOUT, `${JSON.stringify(line(system, Math.round(now - changedAt)))}\n`);
    if (kill) process.kill(process.pid, "SIGKILL");
  },
  Math.max(10, thresholdMs / 10),
);

/** As pino writes it. */
function line(system: string | undefined, blockedMs: number): object {
  const what = system === undefined ? "something outside of systems" : `system ${system}`;
  const then = kill ? "the process is replaced" : "start it with supervision to have it replaced";
  return {
    level: FATAL,
    time: Date.now(),
    pid: process.pid,
    hostname: hostname(),
    ...(system === undefined ? {} : { system }),
    blockedMs,
    msg: `the event loop has stood still for ${blockedMs} ms: ${what} does not yield; ${then}`,
  };
}
