import type { Log } from "../server/log.js";
import { onStopSignals, onSupervisorStop } from "../ops/stop-signals.js";
import { isSupervised } from "../ops/worker-channel.js";

/** Ends the process as signals or its supervisor ask for: gracefully the first time, at once the second. */
export function endWhenAsked(log: Log, close: () => Promise<void>): void {
  const stop = (reason: string): void => {
    log.info({}, `${reason}: stopping`);
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
