import type { Row } from "./component.js";

/** Rows in the order of an index, kept sorted as they come and go. */
export class RowSet<R extends Row> {
  readonly #compare: (a: R, b: R) => number;
  #byId: Map<bigint, R> = new Map();
  #sorted: R[] = [];
  #view: readonly R[] | undefined;

  /** @param compare a total order: 0 only for the same id and the same key. */
  constructor(compare: (a: R, b: R) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#sorted.length;
  }

  get ids(): readonly bigint[] {
    return [...this.#byId.keys()];
  }

  /** A frozen array that is the same object until a row changes. */
  get view(): readonly R[] {
    return (this.#view ??= Object.freeze([...this.#sorted]));
  }

  get(id: bigint): R | undefined {
    return this.#byId.get(id);
  }

  set(row: R): void {
    const old = this.#byId.get(row.id);
    this.#byId.set(row.id, row);
    this.#view = undefined;
    if (old !== undefined) {
      const at = this.#position(old);
      if (this.#compare(old, row) === 0) {
        this.#sorted[at] = row;
        return;
      }
      this.#sorted.splice(at, 1);
    }
    this.#sorted.splice(this.#position(row), 0, row);
  }

  delete(id: bigint): void {
    const old = this.#byId.get(id);
    if (old === undefined) return;
    this.#byId.delete(id);
    this.#view = undefined;
    this.#sorted.splice(this.#position(old), 1);
  }

  /** Takes the place of everything. */
  replace(rows: Iterable<R>): void {
    this.#byId = new Map();
    for (const row of rows) this.#byId.set(row.id, row);
    this.#sorted = [...this.#byId.values()].sort(this.#compare);
    this.#view = undefined;
  }

  /** Where a row is, or where it belongs. Binary search. */
  #position(row: R): number {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#sorted[middle];
      if (other !== undefined && this.#compare(other, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
