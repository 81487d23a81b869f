import type { Commit, Store } from "../store/contract.js";
import type { ScanResult } from "./scan.js";
import type { SharedQuery } from "./shared-query.js";
import type { TableQueries } from "./table-queries.js";

/**
 * Takes the store's commits one by one to the queries, and what comes of them to the viewers.
 *
 * On a store that answers at once, all of that happens inside `onCommit`. When a window must be filled again and the
 * store answers later, the feed stands still until it has: what the scan saw may be newer than the commit in hand, so
 * all commits up to there are then taken together, as one step for every viewer.
 */
export class Feed {
  readonly #store: Store;
  /** By ordinal of the table. */
  readonly #tables: readonly (TableQueries | undefined)[];
  readonly #queue: Commit[] = [];
  readonly #touched = new Set<SharedQuery>();
  readonly #end: () => void;
  #processed: number;
  #received: number;
  #busy = false;
  #pauses = 0;
  #settled: (() => void)[] = [];
  #arrived: (() => void)[] = [];
  #resumed: (() => void)[] = [];

  constructor(store: Store, tables: readonly (TableQueries | undefined)[]) {
    this.#store = store;
    this.#tables = tables;
    this.#processed = store.position;
    this.#received = store.position;
    this.#end = store.onCommit((commit) => this.#receive(commit));
  }

  /** The commit up to which every viewer has been told. */
  get position(): number {
    return this.#processed;
  }

  /** Whether a commit is applied to queries and not yet told to viewers. */
  get busy(): boolean {
    return this.#busy;
  }

  /** @returns nothing when all commits that a scan may have seen are processed, else a promise of that moment. */
  caughtUp(result: ScanResult): Promise<void> | undefined {
    return this.#busy || this.#processed < this.#newestSeen([result]) ? this.nextStep() : undefined;
  }

  /** The next moment when viewers have been told. */
  nextStep(): Promise<void> {
    return new Promise((resolve) => this.#settled.push(resolve));
  }

  /**
   * Holds back updates until everything that waits for a promise right now has run: whoever gets an answer later must
   * be able to pass it on before the updates that follow it. Only for a moment when the feed is not {@link busy}.
   */
  pause(): void {
    this.#pauses++;
    setImmediate(() => {
      this.#pauses--;
      this.#run();
      if (this.#pauses === 0) wake(this.#resumed);
    });
  }

  get paused(): boolean {
    return this.#pauses > 0;
  }

  /** The end of the pause. */
  resumed(): Promise<void> {
    return new Promise((resolve) => this.#resumed.push(resolve));
  }

  close(): void {
    this.#end();
    this.#queue.length = 0;
  }

  #receive(commit: Commit): void {
    this.#received = commit.position;
    this.#queue.push(commit);
    if (this.#busy) wake(this.#arrived);
    else this.#run();
  }

  #run(): void {
    let commit: Commit | undefined;
    while (this.#pauses === 0 && (commit = this.#queue.shift()) !== undefined) {
      this.#apply(commit);
      const scans = this.#refill();
      if (scans !== undefined) {
        this.#busy = true;
        // A store that fails for good stops the process; so does a scan that fails here.
        void this.#catchUp(scans, commit.position);
        return;
      }
      this.#publish(commit.position);
    }
  }

  #apply(commit: Commit): void {
    for (const change of commit.changes) {
      const table = this.#tables[change.table.ordinal];
      if (table !== undefined && table.size > 0) table.apply(change, this.#touched);
    }
  }

  /** Fills the windows that ran short, as far as the store answers at once. @returns the scans that are under way. */
  #refill(): Map<SharedQuery, Promise<ScanResult>> | undefined {
    let scans: Map<SharedQuery, Promise<ScanResult>> | undefined;
    for (const query of this.#touched) {
      if (!query.needsRows) continue;
      const table = this.#tableOf(query);
      query.beginLoad();
      table.cover(query);
      const result = table.scan(query);
      if (result instanceof Promise) (scans ??= new Map()).set(query, result);
      else query.finishLoad(result);
    }
    return scans;
  }

  async #catchUp(first: ReadonlyMap<SharedQuery, Promise<ScanResult>>, from: number): Promise<void> {
    let scans: ReadonlyMap<SharedQuery, Promise<ScanResult>> | undefined = first;
    let position = from;
    while (scans !== undefined) {
      const queries = [...scans.keys()];
      const results: readonly ScanResult[] = await Promise.all(scans.values());
      const target = this.#newestSeen(results);
      while (this.#received < target) await new Promise<void>((resolve) => this.#arrived.push(resolve));
      while ((this.#queue[0]?.position ?? Infinity) <= target) {
        const commit = this.#queue.shift() as Commit;
        this.#apply(commit);
        position = commit.position;
      }
      for (const [at, query] of queries.entries()) query.finishLoad(results[at] as ScanResult);
      scans = this.#refill();
    }
    this.#busy = false;
    this.#publish(position);
    this.#run();
  }

  #publish(position: number): void {
    for (const query of this.#touched) {
      query.publish(position);
      this.#tableOf(query).cover(query);
    }
    this.#touched.clear();
    this.#processed = position;
    if (this.#settled.length > 0) wake(this.#settled);
  }

  #newestSeen(results: readonly ScanResult[]): number {
    return results.reduce((newest, result) => Math.max(newest, result.newest), this.#store.position);
  }

  #tableOf(query: SharedQuery): TableQueries {
    return this.#tables[query.spec.table.ordinal] as TableQueries;
  }
}

function wake(waiting: (() => void)[]): void {
  for (const resolve of waiting.splice(0)) resolve();
}
