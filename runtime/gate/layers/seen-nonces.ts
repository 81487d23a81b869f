/** Remembered at least; twice as many at most. 16 bytes each, some 10 MB when full. */
const DEFAULT_CAPACITY = 65_536;

/**
 * Nonces of hellos that were accepted, so that a recorded one is not accepted again. Bounded: the oldest are forgotten,
 * whole generations at a time.
 */
export class SeenNonces {
  readonly #capacity: number;
  #young = new Set<string>();
  #old = new Set<string>();

  /** @param capacity how many of the newest are certainly remembered. */
  constructor(capacity: number = DEFAULT_CAPACITY) {
    this.#capacity = capacity;
  }

  /** @returns whether it is new; it is not from then on. */
  add(nonce: Uint8Array): boolean {
    const key = Buffer.from(nonce).toString("latin1");
    if (this.#young.has(key) || this.#old.has(key)) return false;
    if (this.#young.size >= this.#capacity) {
      this.#old = this.#young;
      this.#young = new Set();
    }
    this.#young.add(key);
    return true;
  }
}
