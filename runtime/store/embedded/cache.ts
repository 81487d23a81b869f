/**
 * The memory that the caches of a store share. They keep two generations: what is used is in the young one or moves
 * there; when the young one has half of the memory, the old one is forgotten and the young one grows old. So a hit
 * costs two lookups at most, no list is kept in order, and what a whole generation did not ask for goes.
 */
export class CacheMemory {
  readonly #half: number;
  readonly #generations = new Set<() => void>();
  #young = 0;

  /** @param bytes About how much may be used; 0: nothing is cached. */
  constructor(bytes: number) {
    this.#half = bytes / 2;
  }

  get enabled(): boolean {
    return this.#half > 0;
  }

  /** @param age Called when a generation ends. */
  enrol(age: () => void): void {
    this.#generations.add(age);
  }

  charge(bytes: number): void {
    this.#young += bytes;
    if (this.#young <= this.#half) return;
    this.#young = 0;
    for (const age of this.#generations) age();
  }
}

interface Cached<V> {
  readonly value: V;
  readonly bytes: number;
}

/** A map that forgets what was not asked for while others needed the memory. */
export class Cache<K, V> {
  readonly #memory: CacheMemory;
  #young = new Map<K, Cached<V>>();
  #old = new Map<K, Cached<V>>();

  constructor(memory: CacheMemory) {
    this.#memory = memory;
    memory.enrol(() => {
      this.#old = this.#young;
      this.#young = new Map();
    });
  }

  get(key: K): V | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) return young.value;
    const old = this.#old.get(key);
    if (old === undefined) return undefined;
    this.#old.delete(key);
    this.#add(key, old);
    return old.value;
  }

  /** @param bytes What it is taken to cost. */
  set(key: K, value: V, bytes: number): void {
    if (this.#memory.enabled) this.#add(key, { value, bytes });
  }

  delete(key: K): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }

  #add(key: K, cached: Cached<V>): void {
    this.#young.set(key, cached);
    this.#memory.charge(cached.bytes);
  }
}
