import type { ResolvedSettings } from "../config/server-settings.js";
import type { Log } from "../server/log.js";
import { DEFAULT_STOP_DEADLINE } from "../server/server.js";
import { Deadline } from "../server/deadline.js";
import { onStopSignals, onSupervisorStop } from "../ops/stop-signals.js";
import { isSupervised } from "../ops/worker-channel.js";

/** What is written after the deadline, and hooks of the code, may take, in milliseconds. */
const GRACE = 5000;

/** Milliseconds after which a process has stopped, whatever keeps it. */
export function stopWithin({ drainDelayMs, options }: ResolvedSettings): number {
  return drainDelayMs + (options.stopDeadline ?? DEFAULT_STOP_DEADLINE) + GRACE;
}

/** For what a start that is given up holds by then, in milliseconds; others find out about the rest. */
const GIVE_UP_WITHIN = 1000;

/**
 * Like {@link endWhenAsked} of something that starts. Asked before it has started, the process does not wait for that,
 * since what it waits for may never come: it gives up and ends with 0, as it was asked to.
 * @param close ends what has started.
 * @param giveUp frees what is held so far.
 * @returns what has started; never settles once the process ends. @throws what it cannot start for.
 */
export async function startUnlessAsked<T>(
  log: Log,
  withinMs: number,
  starting: Promise<T>,
  ways: { readonly close: (started: T) => Promise<void>; readonly giveUp: () => Promise<void> },
): Promise<T> {
  let started: { readonly it: T } | undefined;
  let asked = false;
  endWhenAsked(log, withinMs, async () => {
    asked = true;
    if (started !== undefined) return ways.close(started.it);
    log.info({}, "it had not begun to serve: the start is given up");
    await new Deadline(GIVE_UP_WITHIN).within(ways.giveUp().catch(() => undefined));
  });
  try {
    started = { it: await starting };
  } catch (error) {
    if (!asked) throw error;
  }
  if (asked || started === undefined) return new Promise<never>(() => undefined);
  return started.it;
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
