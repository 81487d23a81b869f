/** Calls that are remembered one by one. Of more, those that are closer together than a 64th of the window share an entry. */
const ENTRIES = 64;

interface Entry {
  /** Of the first call in it. */
  readonly from: number;
  /** Of the last one: it counts for as long as this one does. */
  until: number;
  count: number;
}

/**
 * Admits at most `times` events in any span of `perMs`, wherever the span begins. Up to 64 events are remembered exactly;
 * beyond that the memory stays as small, and an event may count for up to a 64th of the span longer than it must: never
 * shorter.
 */
export class SlidingWindow {
  readonly #times: number;
  readonly #perMs: number;
  /** Events closer than this share an entry. */
  readonly #grain: number;
  readonly #entries: Entry[] = [];
  #count = 0;

  constructor(times: number, perMs: number) {
    this.#times = times;
    this.#perMs = perMs;
    this.#grain = times <= ENTRIES ? 0 : perMs / ENTRIES;
  }

  /**
   * Counts an event, if it is admitted.
   * @param now milliseconds of a monotonic clock.
   */
  take(now: number): boolean {
    const entries = this.#entries;
    let gone = 0;
    for (const { until, count } of entries) {
      if (now - until < this.#perMs) break;
      this.#count -= count;
      gone++;
    }
    if (gone > 0) entries.splice(0, gone);
    if (this.#count >= this.#times) return false;
    this.#count++;
    const last = entries.at(-1);
    if (last === undefined || now - last.from >= this.#grain) {
      entries.push({ from: now, until: now, count: 1 });
    } else {
      last.until = now;
      last.count++;
    }
    return true;
  }
}
