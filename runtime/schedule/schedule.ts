/** When a system is due. Every process works out the same ticks, in milliseconds since 1970. */
export interface Schedule {
  /** The first tick after this moment; `Infinity`: none comes. */
  next(after: number): number;
  /** The last tick up to this moment, itself included; `-Infinity`: there was none. */
  previous(at: number): number;
  /** Milliseconds from one tick to the next, at least. */
  readonly least: number;
}

/** `@every`: the multiples of a duration since 1970 UTC, so that nobody has to remember when it began. */
export class Every implements Schedule {
  constructor(readonly least: number) {}

  next(after: number): number {
    return this.previous(after) + this.least;
  }

  previous(at: number): number {
    return Math.floor(at / this.least) * this.least;
  }
}

/** How many ticks lie between two, both left out; no more than `most` are counted. */
export function ticksBetween(schedule: Schedule, from: number, to: number, most = 1_000_000): number {
  if (schedule instanceof Every) return Math.min(most, Math.max(0, Math.ceil((to - from) / schedule.least) - 1));
  let count = 0;
  for (let tick = schedule.next(from); tick < to && count < most; tick = schedule.next(tick)) count++;
  return count;
}
