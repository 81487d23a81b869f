import cluster from "node:cluster";
import { isatty } from "node:tty";
import { answerSupervisor } from "./worker-channel.js";

/** A terminal and its shell, or a service manager, may send the same wish twice. */
const SAME_WISH = 500;

/**
 * Ends on SIGTERM, SIGINT and, where it belongs to a terminal, when that is closed.
 * @param stop the first time. @param force the second time.
 */
export function onStopSignals(stop: (reason: string) => void, force: () => void): void {
  let first: number | undefined;
  const take = (reason: string): void => {
    const now = performance.now();
    if (first === undefined) {
      first = now;
      stop(reason);
    } else if (now - first > SAME_WISH) {
      force();
    }
  };
  process.on("SIGTERM", () => take("SIGTERM"));
  process.on("SIGINT", () => take("SIGINT"));
  const onTerminal = process.stdout.isTTY;
  process.on("SIGHUP", () => {
    if (onTerminal && !isatty(1)) take("the terminal was closed");
  });
}

/**
 * Ends a worker when its supervisor says so or has died. Signals are the supervisor's business: a terminal and systemd
 * send them to every process of a group, and a worker that obeyed them would not wait for the others.
 *
 * @param force when a signal comes after the supervisor has died.
 */
export function onSupervisorStop(stop: (reason: string) => void, force: () => void): void {
  let orphaned = false;
  let stopping = false;
  const begin = (reason: string): void => {
    if (stopping) return;
    stopping = true;
    stop(reason);
  };
  answerSupervisor({
    stop: (reason) => {
      begin(reason);
      return undefined;
    },
  });
  cluster.worker?.on("disconnect", () => {
    // Otherwise the process would be ended at once, without a word to its clients.
    if (cluster.worker !== undefined) cluster.worker.exitedAfterDisconnect = true;
    orphaned = true;
    begin("the supervisor has ended");
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (orphaned) force();
    });
  }
  process.on("SIGHUP", () => undefined);
}
