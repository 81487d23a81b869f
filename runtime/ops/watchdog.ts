import { Worker } from "node:worker_threads";
import type { RunnerObserver } from "../transaction/contract.js";

/** Places in the memory that the main thread and the watchdog share. */
export const BEAT = 0;
/** Position in the list of names, plus 1, of the system whose code runs; 0: none. */
export const CURRENT = 1;

/** What the watchdog's thread is started with. */
export interface WatchdogTask {
  readonly memory: SharedArrayBuffer;
  readonly thresholdMs: number;
  /** End the process, because someone will start it again. */
  readonly kill: boolean;
  readonly names: readonly string[];
}

/**
 * Looks from a thread of its own whether the event loop still turns. No time-out can end a loop that never yields: the
 * watchdog says which system runs it and, where a supervisor starts the next process, ends this one.
 *
 * It is also the {@link RunnerObserver} that keeps note of which system runs.
 */
export class Watchdog implements RunnerObserver {
  readonly #cells: Int32Array;
  readonly #worker: Worker;
  readonly #timer: NodeJS.Timeout;
  readonly #places = new Map<string, number>();
  readonly #names: string[] = [];

  /**
   * @param thresholdMs how long the event loop may stand still.
   * @param kill whether to end the process with SIGKILL then.
   */
  constructor(thresholdMs: number, kill: boolean) {
    const memory = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT);
    this.#cells = new Int32Array(memory);
    const task: WatchdogTask = { memory, thresholdMs, kill, names: [] };
    this.#worker = new Worker(new URL("./watchdog-thread.js", import.meta.url), { workerData: task });
    this.#worker.unref();
    this.#timer = setInterval(() => Atomics.add(this.#cells, BEAT, 1), Math.max(10, thresholdMs / 10));
    this.#timer.unref();
  }

  /** Names that it can tell from now on. */
  know(names: Iterable<string>): void {
    for (const name of names) {
      if (this.#places.has(name)) continue;
      this.#names.push(name);
      this.#places.set(name, this.#names.length);
    }
    this.#worker.postMessage(this.#names);
  }

  running(name: string): void {
    Atomics.store(this.#cells, CURRENT, this.#places.get(name) ?? 0);
  }

  finished(): void {
    Atomics.store(this.#cells, CURRENT, 0);
  }

  conflicted(): void {
    // Of interest to the metrics only.
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#worker.terminate();
  }
}
