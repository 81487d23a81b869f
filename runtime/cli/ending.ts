import type { ResolvedSettings } from "../config/server-settings.js";
import type { Log } from "../server/log.js";
import { DEFAULT_STOP_DEADLINE } from "../server/server.js";
import { onStopSignals, onSupervisorStop } from "../ops/stop-signals.js";
import { isSupervised } from "../ops/worker-channel.js";

/** What is written after the deadline, and hooks of the code, may take, in milliseconds. */
const GRACE = 5000;

/** Milliseconds after which a process has stopped, whatever keeps it. */
export function stopWithin({ drainDelayMs, options }: ResolvedSettings): number {
  return drainDelayMs + (options.stopDeadline ?? DEFAULT_STOP_DEADLINE) + GRACE;
}

/** Ends the process as signals or its supervisor ask for: gracefully the first time, at once the second. */
export function endWhenAsked(log: Log, withinMs: number, close: () => Promise<void>): void {
  const stop = (reason: string): void => {
    log.info({}, `${reason}: stopping`);
    setTimeout(() => {
      log.error({ withinMs }, `the process has not stopped after ${withinMs} ms and is ended`);
      process.exit(1);
    }, withinMs).unref();
    close().then(
      () => {
        log.info({}, "stopped");
        process.exit(0);
      },
      (error: unknown) => {
        log.fatal({ err: error }, "stopping failed");
        process.exit(1);
      },
    );
  };
  const force = (): void => {
    log.warn({}, "second signal: ending at once");
    process.exit(1);
  };
  if (isSupervised()) onSupervisorStop(stop, force);
  else onStopSignals(stop, force);
}
