import type { RowView } from "./row-view.js";

/** A row at its place in an index. */
export interface Entry {
  readonly key: Uint8Array;
  readonly id: bigint;
  view: RowView;
}

/** What has become of one row of a window; never `undefined` on both sides. */
export interface Delta {
  readonly id: bigint;
  /** As subscribers had it before; `undefined`: they did not. */
  readonly before: RowView | undefined;
  readonly after: RowView | undefined;
}

/** The rows that a scan of a window's range found. */
export interface Loaded {
  /** Visible rows in order. */
  readonly entries: Entry[];
  /** The last row that was looked at, visible or not; `undefined`: the range holds no more. */
  readonly frontier: Place | undefined;
  /** The scan ended because it had looked at as many rows as it may. */
  readonly exhausted: boolean;
}

export type Place = Pick<Entry, "key" | "id">;

/**
 * The first rows of a range, in order: `limit` that subscribers see, and spare ones behind them, so that the store is
 * asked again only after many rows have left. Everything up to the frontier is known exactly.
 */
export class Window {
  readonly limit: number;
  readonly #desc: boolean;
  readonly #spare: number;
  #entries: Entry[] = [];
  #byId = new Map<bigint, Entry>();
  #frontier: Place | undefined;
  #exhausted = false;
  #leftSinceLoad = 0;
  /** What subscribers had of the rows touched since the last {@link takeDeltas}; made when there is something. */
  #touched: Map<bigint, RowView | undefined> | undefined;

  constructor(limit: number, desc: boolean) {
    this.limit = limit;
    this.#desc = desc;
    this.#spare = Math.max(8, limit >> 1);
  }

  /** The last place up to which all rows are known; `undefined`: all of the range is. */
  get frontier(): Place | undefined {
    return this.#frontier;
  }

  /** Whether fewer rows are shown than there might be, because no more may be looked at. */
  get exhausted(): boolean {
    return this.#exhausted && this.#entries.length < this.limit;
  }

  get touched(): boolean {
    return this.#touched !== undefined && this.#touched.size > 0;
  }

  /** How many visible rows a scan should bring. */
  get wanted(): number {
    return this.limit + this.#spare;
  }

  /** Whether rows behind the known ones are needed to fill the window. */
  get needsRows(): boolean {
    if (this.#frontier === undefined || this.#entries.length >= this.limit) return false;
    // A scan that found too little would find it again until some of its rows are gone.
    return !this.#exhausted || this.#leftSinceLoad > this.limit >> 2;
  }

  /** What subscribers see, in order. */
  visible(): readonly Entry[] {
    return this.#entries.slice(0, this.limit);
  }

  /**
   * Takes over the new state of a row.
   *
   * @param key `undefined`, like `view`, when the row is gone, outside of the range or not visible.
   */
  apply(id: bigint, key: Uint8Array | undefined, view: RowView | undefined): void {
    const known = this.#byId.get(id);
    if (known !== undefined) {
      const at = this.#search(known);
      if (key !== undefined && view !== undefined && Buffer.compare(key, known.key) === 0) {
        if (at < this.limit) this.#touch(id, known.view);
        known.view = view;
        return;
      }
      this.#remove(known, at);
    }
    if (key === undefined || view === undefined) return;
    const entry = { key, id, view };
    if (this.#frontier === undefined || this.#compare(entry, this.#frontier) <= 0) this.#insert(entry);
  }

  /**
   * Replaces all rows by what a scan has found.
   * @param rewritten Whether rows of the same version may differ from what is known of them.
   */
  load(loaded: Loaded, rewritten: boolean): void {
    for (const entry of this.#entries.slice(0, this.limit)) this.#touch(entry.id, entry.view);
    const known = this.#byId;
    this.#byId = new Map();
    this.#entries = loaded.entries;
    for (const [at, entry] of loaded.entries.entries()) {
      // The known view may already be encoded.
      const old = known.get(entry.id)?.view;
      const { view } = entry;
      if (old !== undefined && old.row.$version === view.row.$version && (!rewritten || old.sameRow(view)))
        entry.view = old;
      this.#byId.set(entry.id, entry);
      if (at < this.limit) this.#touch(entry.id, undefined);
    }
    this.#frontier = loaded.frontier;
    this.#exhausted = loaded.exhausted && loaded.entries.length < this.limit;
    this.#leftSinceLoad = 0;
  }

  /** A window of the same rows in other hands. Nothing may have changed since the last {@link takeDeltas}. */
  convert(view: (known: RowView) => RowView): Window {
    const other = new Window(this.limit, this.#desc);
    for (const { key, id, view: known } of this.#entries) {
      const entry = { key, id, view: view(known) };
      other.#entries.push(entry);
      other.#byId.set(id, entry);
    }
    other.#frontier = this.#frontier;
    other.#exhausted = this.#exhausted;
    other.#leftSinceLoad = this.#leftSinceLoad;
    return other;
  }

  /** Nobody has seen any of it yet: nothing has changed. */
  settle(): void {
    this.#touched = undefined;
    this.#trim();
  }

  /** What has changed for subscribers since the last call. */
  takeDeltas(): Delta[] {
    const deltas: Delta[] = [];
    if (this.#touched === undefined) return deltas;
    for (const [id, before] of this.#touched) {
      const entry = this.#byId.get(id);
      const after = entry !== undefined && this.#search(entry) < this.limit ? entry.view : undefined;
      if (before !== after) deltas.push({ id, before, after });
    }
    this.#touched.clear();
    this.#trim();
    return deltas;
  }

  #insert(entry: Entry): void {
    const at = this.#search(entry);
    this.#entries.splice(at, 0, entry);
    this.#byId.set(entry.id, entry);
    if (at >= this.limit) return;
    this.#touch(entry.id, undefined);
    const pushedOut = this.#entries[this.limit];
    if (pushedOut !== undefined) this.#touch(pushedOut.id, pushedOut.view);
  }

  #remove(entry: Entry, at: number): void {
    this.#entries.splice(at, 1);
    this.#byId.delete(entry.id);
    this.#leftSinceLoad++;
    if (at >= this.limit) return;
    this.#touch(entry.id, entry.view);
    const movedIn = this.#entries[this.limit - 1];
    if (movedIn !== undefined) this.#touch(movedIn.id, undefined);
  }

  #touch(id: bigint, before: RowView | undefined): void {
    this.#touched ??= new Map<bigint, RowView | undefined>();
    if (!this.#touched.has(id)) this.#touched.set(id, before);
  }

  #trim(): void {
    if (this.#entries.length <= this.limit + 2 * this.#spare) return;
    for (const entry of this.#entries.splice(this.wanted)) this.#byId.delete(entry.id);
    this.#frontier = this.#entries.at(-1);
    this.#exhausted = false;
  }

  /** Where the place is, or would be. */
  #search(place: Place): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(this.#entries[middle] as Entry, place) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #compare(a: Place, b: Place): number {
    const order = Buffer.compare(a.key, b.key) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
    return this.#desc ? -order : order;
  }
}
