import { keyText } from "./access.js";
import { IntervalTree } from "./interval-tree.js";
import type { QueryInterval } from "./bounds.js";

/** What the index needs to know of a query. */
export interface Interested {
  /** See `Visibility.discriminator`. */
  readonly discriminator: string | undefined;
}

/** The part of an index that a query must hear of. */
export type Coverage = Pick<QueryInterval, "lower" | "upper" | "point">;

/** Leading parts of this many different lengths are looked up by hash; those of more go into the tree. */
const MAX_PREFIX_LENGTHS = 8;

/**
 * Finds the queries that a changed key of one index concerns, without looking at the others: a hash lookup for
 * queries of one key, one for each length of leading parts in use, and a stab of an interval tree for ranges. Queries
 * of the same interval share a place; there, those that no reader of the row can share are told apart by hash.
 */
export class Interest<Q extends Interested> {
  readonly #keys = new Map<string, Place<Q>>();
  readonly #prefixes = new Map<number, Map<string, Place<Q>>>();
  readonly #ranges = new IntervalTree<Place<Q>>();
  readonly #stabbed: Place<Q>[] = [];
  #lookups = 0;

  get empty(): boolean {
    return this.#keys.size === 0 && this.#prefixes.size === 0 && this.#ranges.size === 0;
  }

  /** Hash lookups and tree nodes looked at so far. */
  get work(): number {
    return this.#lookups + this.#ranges.visits;
  }

  add(coverage: Coverage, query: Q): void {
    this.#place(coverage).add(query);
  }

  remove(coverage: Coverage, query: Q): void {
    const place = this.#find(coverage);
    if (place === undefined) return;
    place.delete(query);
    if (place.size > 0) return;
    const text = keyText(coverage.lower);
    if (this.#keys.get(text) === place) this.#keys.delete(text);
    const prefixes = this.#prefixes.get(coverage.lower.length);
    if (prefixes?.get(text) === place) {
      prefixes.delete(text);
      if (prefixes.size === 0) this.#prefixes.delete(coverage.lower.length);
    }
    if (this.#ranges.get(coverage.lower, coverage.upper) === place) this.#ranges.delete(coverage.lower, coverage.upper);
  }

  /**
   * Adds the queries whose interval holds the key and whose viewers may see the row to `found`; a query may be
   * found again by a row's other key.
   */
  probe(key: Uint8Array, discriminator: string | undefined, found: Q[]): void {
    if (this.#keys.size > 0 || this.#prefixes.size > 0) this.#lookUp(keyText(key), discriminator, found);
    if (this.#ranges.size === 0) return;
    this.#ranges.stab(key, this.#stabbed);
    for (const place of this.#stabbed) place.collect(discriminator, found);
    this.#stabbed.length = 0;
  }

  #lookUp(text: string, discriminator: string | undefined, found: Q[]): void {
    this.#lookups++;
    this.#keys.get(text)?.collect(discriminator, found);
    for (const [length, places] of this.#prefixes) {
      this.#lookups++;
      places.get(text.slice(0, length))?.collect(discriminator, found);
    }
  }

  #find(coverage: Coverage): Place<Q> | undefined {
    const text = keyText(coverage.lower);
    if (coverage.point === "key") return this.#keys.get(text);
    const prefix = coverage.point === "prefix" ? this.#prefixes.get(coverage.lower.length)?.get(text) : undefined;
    return prefix ?? this.#ranges.get(coverage.lower, coverage.upper);
  }

  #place(coverage: Coverage): Place<Q> {
    const known = this.#find(coverage);
    if (known !== undefined) return known;
    const place = new Place<Q>();
    const { lower, upper, point } = coverage;
    if (point === "key") {
      this.#keys.set(keyText(lower), place);
    } else if (point === "prefix" && this.#hashesPrefix(lower.length)) {
      const places = this.#prefixes.get(lower.length) ?? new Map<string, Place<Q>>();
      this.#prefixes.set(lower.length, places.set(keyText(lower), place));
    } else {
      this.#ranges.insert(lower, upper, place);
    }
    return place;
  }

  #hashesPrefix(length: number): boolean {
    return this.#prefixes.has(length) || this.#prefixes.size < MAX_PREFIX_LENGTHS;
  }
}

/** The queries of one interval. Most hold one query, hence the sets are made only when there is something for them. */
class Place<Q extends Interested> {
  #plain: Set<Q> | undefined;
  #discriminated: Map<string, Set<Q>> | undefined;
  size = 0;

  add(query: Q): void {
    this.size++;
    if (query.discriminator === undefined) {
      this.#plain = (this.#plain ?? new Set<Q>()).add(query);
      return;
    }
    this.#discriminated ??= new Map<string, Set<Q>>();
    const queries = this.#discriminated.get(query.discriminator);
    if (queries === undefined) this.#discriminated.set(query.discriminator, new Set([query]));
    else queries.add(query);
  }

  delete(query: Q): void {
    this.size--;
    if (query.discriminator === undefined) {
      this.#plain?.delete(query);
      return;
    }
    const queries = this.#discriminated?.get(query.discriminator);
    queries?.delete(query);
    if (queries?.size === 0) this.#discriminated?.delete(query.discriminator);
  }

  collect(discriminator: string | undefined, found: Q[]): void {
    if (this.#plain !== undefined) for (const query of this.#plain) found.push(query);
    if (discriminator === undefined) return;
    const queries = this.#discriminated?.get(discriminator);
    if (queries !== undefined) for (const query of queries) found.push(query);
  }
}
