import type { Timing } from "./timing.js";

/**
 * Whether Redis' clock can be believed when it says that the lease of another process is over. Right after Redis was
 * out of reach, or its clock was put forward, all leases are over and all processes live: they get
 * {@link Timing.comeback} to renew them.
 */
export class Trust {
  readonly #timing: Timing;
  #last: { readonly own: number; readonly redis: number } | undefined = undefined;
  #steadySince = 0;
  #disturbedAt = -Infinity;

  constructor(timing: Timing) {
    this.#timing = timing;
  }

  /**
   * Redis has answered.
   * @param own The process's clock.
   * @param redis What Redis' clock showed.
   * @returns by how many milliseconds Redis' clock was changed; 0 when it went as it should.
   */
  answered(own: number, redis: number): number {
    const { beat, ttl } = this.#timing;
    const last = this.#last;
    this.#last = { own, redis };
    if (last === undefined) {
      this.#steadySince = own;
      return 0;
    }
    const jump = redis - last.redis - (own - last.own);
    const jumped = Math.abs(jump) > Math.max(beat, MIN_JUMP_MS);
    if (!jumped && own - last.own <= ttl / 2) return 0;
    this.#steadySince = own;
    this.#disturbedAt = own;
    return jumped ? jump : 0;
  }

  /** Whether a lease that is over means that its worker is dead. */
  inExpiry(own: number): boolean {
    return this.#last !== undefined && own - this.#steadySince >= this.#timing.ttl && this.inAbsence(own);
  }

  /** Whether a worker is dead that was not heard of for {@link Timing.forsaken}. */
  inAbsence(own: number): boolean {
    return own - this.#disturbedAt >= this.#timing.comeback;
  }
}

/** Answers may be late by so much. */
const MIN_JUMP_MS = 500;
