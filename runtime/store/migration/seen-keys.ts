import { createHash } from "node:crypto";

/** Words of 32 bits: three of a hash, two of an id. */
const WORDS = 5;
const LEAST_SLOTS = 1 << 10;
/** Slots that may be taken, of four. */
const FULL = 3;

/**
 * Finds keys that come twice, in 27 to 54 bytes of memory each however long they are, outside of the heap. It keeps
 * hashes of 96 bits: that two of a thousand million keys share one by chance has a probability of 10^-11.
 */
export class SeenKeys {
  #slots = new Uint32Array(LEAST_SLOTS * WORDS);
  #count = 0;
  readonly #entry = new Uint32Array(WORDS);
  readonly #id = new BigInt64Array(1);
  readonly #idWords = new Uint32Array(this.#id.buffer);

  /** Notes the key of a row. @returns another row that has it. */
  add(key: Uint8Array, id: bigint): bigint | undefined {
    const capacity = this.#slots.length / WORDS;
    if ((this.#count + 1) * 4 > capacity * FULL) this.#grow(capacity * 2);
    const digest = createHash("sha1").update(key).digest();
    this.#id[0] = id;
    // A hash of zero would be an empty slot.
    this.#entry[0] = digest.readUInt32LE(0) || 1;
    this.#entry[1] = digest.readUInt32LE(4);
    this.#entry[2] = digest.readUInt32LE(8);
    this.#entry.set(this.#idWords, 3);
    const at = place(this.#slots, this.#entry);
    if (at === undefined) {
      this.#count++;
      return undefined;
    }
    this.#idWords.set(this.#slots.subarray(at + 3, at + WORDS));
    const [other] = this.#id;
    return other === id ? undefined : other;
  }

  #grow(capacity: number): void {
    const slots = new Uint32Array(capacity * WORDS);
    for (let at = 0; at < this.#slots.length; at += WORDS) {
      if (this.#slots[at] !== 0) place(slots, this.#slots.subarray(at, at + WORDS));
    }
    this.#slots = slots;
  }
}

/** @returns where an entry with the same hash is; `undefined`: there was none, and this one is there now. */
function place(slots: Uint32Array, entry: Uint32Array): number | undefined {
  const capacity = slots.length / WORDS;
  const [first = 0, second, third = 0] = entry;
  for (let slot = third % capacity; ; slot = (slot + 1) % capacity) {
    const at = slot * WORDS;
    if (slots[at] === 0) {
      slots.set(entry, at);
      return undefined;
    }
    if (slots[at] === first && slots[at + 1] === second && slots[at + 2] === third) return at;
  }
}
