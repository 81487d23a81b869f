import type { CallOutcome, RunnerObserver } from "../transaction/contract.js";

/** Upper bounds of the latency buckets, in seconds, as Prometheus has them; the last bucket has none. */
export const LATENCY_BUCKETS: readonly number[] = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];
const BUCKETS_MS = LATENCY_BUCKETS.map((seconds) => seconds * 1000);

/** What is counted of one system or endpoint. */
export interface CallCounts {
  ok: number;
  rejected: number;
  failed: number;
  retries: number;
  totalMs: number;
  /** Calls by latency bucket, not cumulative; one more than {@link LATENCY_BUCKETS}. */
  readonly buckets: Float64Array;
  /** Conflicts by table. */
  readonly conflicts: Map<string, number>;
}

/** Counts calls as cheaply as can be: the metrics copy the numbers when they are asked for. */
export class CallStatistics implements RunnerObserver {
  readonly calls = new Map<string, CallCounts>();
  /** Names that clients made up share one entry, so that they cannot fill the memory. */
  readonly #unknown = freshCounts();

  constructor() {
    this.calls.set("(unknown)", this.#unknown);
  }

  /** Counts these by name from now on. */
  know(names: Iterable<string>): void {
    for (const name of names) if (!this.calls.has(name)) this.calls.set(name, freshCounts());
  }

  running(): void {
    // Of interest to the watchdog only.
  }

  finished(name: string, status: CallOutcome["status"], attempts: number, tookMs: number): void {
    const counts = this.#counts(name);
    counts[status]++;
    counts.retries += attempts > 1 ? attempts - 1 : 0;
    counts.totalMs += tookMs;
    let bucket = 0;
    while (bucket < BUCKETS_MS.length && tookMs > (BUCKETS_MS[bucket] ?? Infinity)) bucket++;
    counts.buckets[bucket] = (counts.buckets[bucket] ?? 0) + 1;
  }

  conflicted(name: string, table: string): void {
    const { conflicts } = this.#counts(name);
    conflicts.set(table, (conflicts.get(table) ?? 0) + 1);
  }

  #counts(name: string): CallCounts {
    return this.calls.get(name) ?? this.#unknown;
  }
}

function freshCounts(): CallCounts {
  return {
    ok: 0,
    rejected: 0,
    failed: 0,
    retries: 0,
    totalMs: 0,
    buckets: new Float64Array(BUCKETS_MS.length + 1),
    conflicts: new Map(),
  };
}

/** Tells several observers. */
export function observeBoth(first: RunnerObserver, second: RunnerObserver | undefined): RunnerObserver {
  if (second === undefined) return first;
  return {
    running(name) {
      first.running(name);
      second.running(name);
    },
    finished(name, status, attempts, tookMs) {
      first.finished(name, status, attempts, tookMs);
      second.finished(name, status, attempts, tookMs);
    },
    conflicted(name, table) {
      first.conflicted(name, table);
      second.conflicted(name, table);
    },
  };
}
