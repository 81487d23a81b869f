import type { Commit, MaybePromise, Store } from "../store/contract.js";
import { type Filled, fillWindows } from "./fill-windows.js";
import { Milestones } from "./milestones.js";
import { Moment } from "./moment.js";
import type { ScanResult } from "./scan.js";
import type { SharedQuery } from "./shared-query.js";
import type { TableQueries } from "./table-queries.js";

/**
 * Takes a store's commits one by one to the queries, and what comes of them to the viewers.
 *
 * On a store that answers at once, all of that happens inside `onCommit`. When windows must be filled again and the
 * store answers later, the feed stands still until it has: the scans may have seen more than the commit in hand, so
 * all commits up to there are then taken together, as one step for every viewer.
 */
export class Feed {
  readonly #store: Store;
  /** By ordinal of the table. */
  readonly #tables: readonly (TableQueries | undefined)[];
  readonly #onMessage: (message: Uint8Array, position: number) => void;
  readonly #ends: readonly ((() => void) | undefined)[];
  #queue: Commit[] = [];
  readonly #touched = new Set<SharedQuery>();
  /** Messages of commits that are not told yet. */
  #messages: Commit[] = [];
  readonly #milestones = new Milestones();
  #processed: number;
  /** Applied to the queries, though not told yet while the feed is busy. */
  #applied: number;
  #received: number;
  /** Where the store went on after commits were missed or undone; `undefined` when all windows know of it. */
  #resetTo: number | undefined;
  /** The last such place that the windows know of: scans of an earlier state are worth nothing. */
  #base = 0;
  #busy = false;
  #held = false;
  #ended = false;
  #pauses = 0;
  readonly #settled = new Moment();
  readonly #arrived = new Moment();
  readonly #resumed = new Moment();

  /** @param tables may be filled afterwards. @param onMessage is called after the updates of the message's commit. */
  constructor(
    store: Store,
    tables: readonly (TableQueries | undefined)[],
    onMessage: (message: Uint8Array, position: number) => void,
  ) {
    this.#store = store;
    this.#tables = tables;
    this.#onMessage = onMessage;
    this.#processed = this.#applied = this.#received = store.position;
    this.#ends = [
      store.onCommit((commit) => this.#receive(commit)),
      store.onPassed?.((position) => this.#receive({ position, changes: [], message: undefined, own: false })),
      store.onReset((position) => this.#reset(position)),
    ];
  }

  /** The commit up to which every viewer has been told. */
  get position(): number {
    return this.#processed;
  }

  /** Whether a commit is applied to queries and not yet told to viewers. */
  get busy(): boolean {
    return this.#busy;
  }

  /** Nothing more will happen here. */
  get ended(): boolean {
    return this.#ended;
  }

  /** When every viewer has been told of the commits up to a position; nothing when they have been. */
  reached(position: number): MaybePromise<void> {
    return position <= this.#processed || this.#ended ? undefined : this.#milestones.at(position);
  }

  /**
   * Whether what a scan found can be joined with the commits: now, when more of them are told, or never, because it is
   * of a history that is over.
   */
  joins({ position }: ScanResult): "now" | "later" | "never" {
    if (this.#ended) return "now";
    if (this.#busy) return "later";
    if (position < this.#base) return "never";
    return position <= this.#processed ? "now" : "later";
  }

  /** The next moment when viewers have been told. */
  nextStep(): Promise<void> {
    return this.#settled.next();
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
      if (this.#pauses === 0) this.#resumed.come();
    });
  }

  get paused(): boolean {
    return this.#pauses > 0;
  }

  /** The end of the pause. */
  resumed(): Promise<void> {
    return this.#resumed.next();
  }

  /** Takes no more commits to the queries, once the ones under way are told. @returns that moment, or nothing: now. */
  hold(): MaybePromise<void> {
    this.#held = true;
    return this.#busy ? this.#whenIdle() : undefined;
  }

  /** The end of {@link hold}. */
  release(): void {
    this.#held = false;
    this.#run();
  }

  /**
   * Goes on where another feed, which is held, stands. This one must be held as well and have no queries yet.
   *
   * @param convert makes commits of the other one's tables to commits of this one's.
   * @returns whether no commit is missing between them; otherwise all windows will be read again.
   */
  follow(other: Feed, convert: (commit: Commit) => Commit): boolean {
    this.#queue = other.#queue.map(convert);
    this.#resetTo = other.#resetTo;
    this.#base = other.#base;
    this.#processed = this.#applied = other.#processed;
    this.#received = other.#received;
    this.#milestones.takeOver(other.#milestones);
    if (other.paused) this.pause();
    other.close();
    const seamless = this.#store.position === this.#received;
    if (!seamless) {
      this.#processed = this.#applied = Math.min(this.#processed, this.#store.position);
      this.#base = this.#processed;
      this.#received = this.#resetTo = this.#store.position;
    }
    return seamless;
  }

  close(): void {
    for (const end of this.#ends) end?.();
    this.#ended = true;
    this.#queue.length = 0;
    this.#busy = false;
    this.#milestones.reach(Infinity);
    this.#settled.come();
    this.#arrived.come();
  }

  async #whenIdle(): Promise<void> {
    while (this.#busy) await this.nextStep();
  }

  #receive(commit: Commit): void {
    this.#received = commit.position;
    this.#queue.push(commit);
    if (this.#busy) this.#arrived.come();
    else this.#run();
  }

  #reset(position: number): void {
    this.#received = this.#resetTo = position;
    if (this.#busy) this.#arrived.come();
    else this.#run();
  }

  #run(): void {
    while (this.#pauses === 0 && !this.#held && !this.#busy && !this.#ended) {
      let filling;
      const rewritten = this.#resetTo !== undefined;
      if (this.#resetTo !== undefined) {
        filling = this.#startAgain(this.#resetTo);
      } else {
        const commit = this.#queue.shift();
        if (commit === undefined) return;
        this.#apply(commit);
        filling = this.#refill();
      }
      if (filling !== undefined) {
        this.#busy = true;
        this.#catchUp(filling, rewritten).catch(endProcess);
        return;
      }
      this.#publish();
    }
  }

  #apply(commit: Commit): void {
    const { position } = commit;
    for (const change of commit.changes) {
      const table = this.#tables[change.table.ordinal];
      if (table !== undefined && table.size > 0) table.apply(change, position, this.#touched);
    }
    if (commit.message !== undefined && !commit.own) this.#messages.push(commit);
    this.#applied = position;
  }

  /** Fills the windows that ran short, as far as the store answers at once. @returns the scans that are under way. */
  #refill(): Promise<Filled> | undefined {
    let short: SharedQuery[] | undefined;
    for (const query of this.#touched) if (query.needsRows && !query.ended) (short ??= []).push(query);
    return short && this.#fill(short, false);
  }

  /** Reads all windows again. Commits that a scan from now on sees anyway are left out, but their messages are not. */
  #startAgain(position: number): Promise<Filled> | undefined {
    this.#resetTo = undefined;
    this.#base = position;
    const covered = this.#queue.filter((commit) => commit.position <= position);
    this.#queue = this.#queue.filter((commit) => commit.position > position);
    for (const commit of covered) if (commit.message !== undefined && !commit.own) this.#messages.push(commit);
    this.#applied = position;
    const all: SharedQuery[] = [];
    for (const table of this.#tables) {
      // Those that nobody has seen rows of find out by themselves that what they read is too old.
      for (const query of table?.all() ?? []) if (query.loading === undefined) all.push(query);
    }
    for (const query of all) this.#touched.add(query);
    return this.#fill(all, true);
  }

  #fill(queries: readonly SharedQuery[], rewritten: boolean): Promise<Filled> | undefined {
    return fillWindows(queries, (query) => this.#tableOf(query), { position: this.#applied, rewritten });
  }

  async #catchUp(first: Promise<Filled>, again: boolean): Promise<void> {
    let filling: Promise<Filled> | undefined = first;
    let rewritten = again;
    while (filling !== undefined) {
      const filled: Filled | undefined = await this.#unlessEnded(filling);
      if (filled === undefined) return;
      const target = filled.reduce((newest, [, { position }]) => Math.max(newest, position), this.#applied);
      while (this.#received < target && this.#resetTo === undefined && !this.#ended) await this.#arrived.next();
      if (this.#ended) return;
      if (this.#resetTo !== undefined) {
        // What was found may be of a history that is over.
        rewritten = true;
        filling = this.#startAgain(this.#resetTo);
        continue;
      }
      while ((this.#queue[0]?.position ?? Infinity) <= target) this.#apply(this.#queue.shift() as Commit);
      for (const [query, result] of filled) query.finishLoad(result, rewritten);
      filling = this.#refill();
    }
    this.#busy = false;
    const awaited = this.#settled.awaited;
    this.#publish();
    // Whoever has waited for this moment gets it before the next commit needs rows again.
    if (awaited) this.pause();
    else this.#run();
  }

  /** A store that is closed fails the scans under way, which nobody waits for any more. */
  async #unlessEnded(filling: Promise<Filled>): Promise<Filled | undefined> {
    try {
      const filled = await filling;
      return this.#ended ? undefined : filled;
    } catch (error) {
      if (this.#ended) return undefined;
      throw error;
    }
  }

  #publish(): void {
    const position = this.#applied;
    for (const query of this.#touched) {
      query.publish(position);
      this.#tableOf(query).cover(query);
    }
    this.#touched.clear();
    this.#processed = position;
    this.#settled.come();
    this.#milestones.reach(position);
    if (this.#messages.length > 0) this.#handOnMessages();
  }

  #handOnMessages(): void {
    const due = this.#messages;
    this.#messages = [];
    for (const { message, position } of due) if (message !== undefined) this.#onMessage(message, position);
  }

  #tableOf(query: SharedQuery): TableQueries {
    return this.#tables[query.spec.table.ordinal] as TableQueries;
  }
}

/**
 * A scan has failed that every viewer, and every call that waits for them, would wait for without end: the process must
 * end, also where promises that nobody awaits are only logged.
 */
function endProcess(error: unknown): void {
  setImmediate(() => {
    throw error;
  });
}
