import { randomFillSync } from "node:crypto";

export const NONCE_BYTES = 8;

/** What names the entry before the first one: the script puts it there as long as there is none. */
export const NO_NONCE: Uint8Array = new Uint8Array(NONCE_BYTES);

const NONCES_AT_ONCE = 512;

/** Random bytes by which an entry is told from another one at the same position. Drawn many at a time. */
export class NonceSource {
  readonly #bytes = new Uint8Array(NONCES_AT_ONCE * NONCE_BYTES);
  #next = this.#bytes.length;

  /** Writes a fresh nonce. */
  fill(target: Uint8Array, offset: number): void {
    if (this.#next === this.#bytes.length) {
      randomFillSync(this.#bytes);
      this.#next = 0;
    }
    for (let i = 0; i < NONCE_BYTES; i++) target[offset + i] = this.#bytes[this.#next++] as number;
  }
}

/** Compares bytes in two arrays. A loop: for so few, calls of the platform cost more. */
export function sameBytes(a: Uint8Array, aStart: number, b: Uint8Array, bStart: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (a[aStart + i] !== b[bStart + i]) return false;
  return true;
}
