/** Where something that was committed stands on its way to LMDB. It leaves the overlay when LMDB has its newest state. */
export interface Pending {
  /** Number of the journal record that will have, or has, its newest state. */
  record: number;
  /** Number of the batch that takes its newest state to LMDB. */
  batch: number;
  /** Number of the last batch that it was queued for. */
  queued: number;
}

/** Something that was committed under a key of an index. */
export interface PendingKey extends Pending {
  /** The key without its space (see `keyText`); with the id in non-unique indexes. */
  readonly text: string;
}

/** More new keys than this are sorted in one go; fewer are put in their places one by one. */
const INSERTION_LIMIT = 32;

const NONE: readonly never[] = [];

/** The pending keys of one index, in order when someone asks for a range. */
export class IndexOverlay<E extends PendingKey> {
  readonly #entries = new Map<string, E>();
  /** In key order; all of `#entries` but `#unsorted`. */
  #sorted: E[] = [];
  #unsorted: E[] = [];

  get size(): number {
    return this.#entries.size;
  }

  get(text: string): E | undefined {
    return this.#entries.get(text);
  }

  add(entry: E): void {
    this.#entries.set(entry.text, entry);
    this.#unsorted.push(entry);
  }

  /** Entries from `lower` (inclusive) to `upper` (exclusive), ascending. */
  between(lower: string, upper: string | undefined): readonly E[] {
    if (this.#entries.size === 0) return NONE;
    this.#sort();
    const sorted = this.#sorted;
    const from = position(sorted, lower);
    const to = upper === undefined ? sorted.length : position(sorted, upper);
    return from >= to ? NONE : sorted.slice(from, to);
  }

  /** Forgets the entries that batch `batch` has changed last. @returns them. */
  drop(batch: number): readonly E[] {
    const dropped: E[] = [];
    for (const entry of this.#entries.values()) {
      if (entry.batch > batch) continue;
      this.#entries.delete(entry.text);
      dropped.push(entry);
    }
    if (dropped.length === 0) return dropped;
    const kept = (entry: E): boolean => entry.batch > batch;
    this.#sorted = this.#sorted.filter(kept);
    this.#unsorted = this.#unsorted.filter(kept);
    return dropped;
  }

  #sort(): void {
    const added = this.#unsorted;
    if (added.length === 0) return;
    if (added.length > INSERTION_LIMIT) {
      this.#sorted = [...this.#sorted, ...added].sort((a, b) => (a.text < b.text ? -1 : 1));
    } else {
      for (const entry of added) this.#sorted.splice(position(this.#sorted, entry.text), 0, entry);
    }
    this.#unsorted = [];
  }
}

/** Position of the first entry that is not less than `text`. */
function position(sorted: readonly PendingKey[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as PendingKey).text < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
