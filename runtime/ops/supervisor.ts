import { type ChildProcess, spawn } from "node:child_process";

/** Exit code of a worker that would fail in the same way again: wrong settings, a schema that does not fit. */
export const EXIT_DO_NOT_RESTART = 2;
/** Tells a worker that a supervisor would start it again. */
export const SUPERVISED = "HETU_SUPERVISED";
/** What a worker sends to its supervisor once it serves. */
export const READY = "ready";

const FIRST_DELAY = 500;
const LONGEST_DELAY = 30_000;
/** A worker that served for this long did not crash because of how it starts. */
const STABLE = 30_000;

export interface SupervisorOptions {
  /** The program and its arguments, run with this process's Node. */
  readonly program: readonly string[];
  readonly onRestart: (reason: string, delayMs: number) => void;
}

/**
 * Runs the server in a process of its own, and starts it again when it dies, sooner or later: at once the first time,
 * then with growing delays while it keeps dying.
 *
 * @returns the exit code to end with: when the worker ended as it was asked to, or cannot be started at all.
 */
export function supervise({ program, onRestart }: SupervisorOptions): Promise<number> {
  return new Promise((resolve) => {
    let child: ChildProcess;
    let stopping = false;
    let delay = 0;
    let timer: NodeJS.Timeout | undefined;
    let everServed = false;

    const start = (): void => {
      let servedAt: number | undefined;
      child = spawn(process.execPath, program, {
        env: { ...process.env, [SUPERVISED]: "1" },
        stdio: ["inherit", "inherit", "inherit", "ipc"],
      });
      child.on("message", (message) => {
        if (message !== READY) return;
        servedAt = performance.now();
        everServed = true;
      });
      child.on("exit", (code, signal) => {
        if (stopping || code === 0 || code === EXIT_DO_NOT_RESTART || !everServed) {
          resolve(code ?? 1);
          return;
        }
        if (servedAt !== undefined && performance.now() - servedAt > STABLE) delay = 0;
        onRestart(signal === null ? `exit code ${code ?? "unknown"}` : `signal ${signal}`, delay);
        timer = setTimeout(start, delay);
        delay = Math.min(LONGEST_DELAY, Math.max(FIRST_DELAY, delay * 2));
      });
    };

    const stop = (signal: NodeJS.Signals): void => {
      stopping = true;
      clearTimeout(timer);
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      else resolve(0);
    };
    process.on("SIGTERM", () => stop("SIGTERM"));
    process.on("SIGINT", () => stop("SIGINT"));
    start();
  });
}
