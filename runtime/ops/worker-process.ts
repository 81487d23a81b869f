import cluster, { type Worker } from "node:cluster";
import type {
  HeldLease,
  RequestKind,
  RequestMessage,
  WorkerMessage,
  WorkerReady,
  WorkerRequests,
} from "./worker-requests.js";

/** How a process ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A worker did not do what it was asked to; the message says why in its own words. */
export class WorkerRequestError extends Error {
  override readonly name = "WorkerRequestError";
}

/** A worker ended before it answered. */
export class WorkerGoneError extends Error {
  override readonly name = "WorkerGoneError";
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** One worker, as its supervisor sees it. */
export class WorkerProcess {
  readonly ended: Promise<Ending>;
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #startedAt = performance.now();
  #asked = 0;
  #ready: WorkerReady | undefined;
  #leases: readonly HeldLease[] = [];
  #readyAt: number | undefined;
  #hasEnded = false;

  /**
   * Starts it.
   * @param slot 1, 2 … : who replaces a dead worker has its slot.
   * @param on.joined it has more {@link leases}.
   * @param on.ready it serves.
   */
  constructor(
    readonly slot: number,
    environment: Readonly<Record<string, string>>,
    on: { readonly joined: () => void; readonly ready: () => void },
  ) {
    this.#worker = cluster.fork(environment);
    this.#worker.on("message", (message: WorkerMessage) => {
      if ("ready" in message) {
        this.#ready = message.ready;
        this.#leases = message.ready.leases;
        this.#readyAt ??= performance.now();
        on.ready();
      } else if ("joined" in message) {
        this.#leases = message.joined;
        on.joined();
      } else {
        this.#answered(message);
      }
    });
    // A message to a worker that has just ended cannot be sent; that it has ended is told below.
    this.#worker.on("error", () => undefined);
    this.ended = new Promise((resolve) => {
      this.#worker.once("exit", (code: number | null, signal: NodeJS.Signals | null) => {
        this.#hasEnded = true;
        for (const number of [...this.#waiting.keys()]) this.#fail(number, new WorkerGoneError(this.#goneText()));
        resolve({ code: signal === null ? code : null, signal });
      });
    });
  }

  get pid(): number {
    return this.#worker.process.pid ?? 0;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** What it said when it began to serve. */
  get ready(): WorkerReady | undefined {
    return this.#ready;
  }

  /** What it holds on shared stores, also before it serves. */
  get leases(): readonly HeldLease[] {
    return this.#leases;
  }

  /** Milliseconds for which it has served; `undefined`: not yet. */
  get servedMs(): number | undefined {
    return this.#readyAt === undefined ? undefined : performance.now() - this.#readyAt;
  }

  /** Milliseconds since it was started. */
  get ageMs(): number {
    return performance.now() - this.#startedAt;
  }

  /** Its code was exchanged. */
  nowServes(version: number): void {
    if (this.#ready !== undefined) this.#ready = { ...this.#ready, version };
  }

  /**
   * @param timeoutMs for the answer.
   * @throws WorkerRequestError that it cannot, or has not answered in time; WorkerGoneError.
   */
  ask<K extends RequestKind>(
    kind: K,
    request: WorkerRequests[K]["request"],
    timeoutMs: number,
  ): Promise<WorkerRequests[K]["answer"]> {
    if (this.#hasEnded) return Promise.reject(new WorkerGoneError(this.#goneText()));
    const number = ++this.#asked;
    const message: RequestMessage<K> = { ask: number, kind, request };
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#fail(number, new WorkerRequestError(`worker ${this.slot} has not answered for ${timeoutMs} ms`));
      }, timeoutMs);
      this.#waiting.set(number, {
        resolve: resolve as (answer: unknown) => void,
        reject,
        timer,
      });
      this.#worker.send(message, () => undefined);
    });
  }

  kill(signal: NodeJS.Signals): void {
    if (!this.#hasEnded) this.#worker.process.kill(signal);
  }

  #answered(message: Extract<WorkerMessage, { answers: number }>): void {
    const waiting = this.#waiting.get(message.answers);
    if (waiting === undefined) return;
    if ("error" in message) {
      this.#fail(message.answers, new WorkerRequestError(message.error));
      return;
    }
    this.#waiting.delete(message.answers);
    clearTimeout(waiting.timer);
    waiting.resolve(message.answer);
  }

  #fail(number: number, error: Error): void {
    const waiting = this.#waiting.get(number);
    if (waiting === undefined) return;
    this.#waiting.delete(number);
    clearTimeout(waiting.timer);
    waiting.reject(error);
  }

  #goneText(): string {
    return `worker ${this.slot} has ended`;
  }
}
