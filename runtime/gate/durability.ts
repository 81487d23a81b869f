/** Whoever holds frames back until the store is durable up to some position. */
export interface DurabilityWaiter {
  /** Called once the durable position has moved; the waiter enlists again when that was not far enough. */
  onDurable(): void;
}

/**
 * The outboxes that wait for the store. When its durable position moves, only they are looked at, never all
 * connections.
 */
export class DurabilityQueue {
  #waiting: DurabilityWaiter[] = [];
  #spare: DurabilityWaiter[] = [];
  /** Everything up to here may leave. */
  position: number;

  constructor(position: number) {
    this.position = position;
  }

  /** The waiter must not be enlisted already. */
  enlist(waiter: DurabilityWaiter): void {
    this.#waiting.push(waiter);
  }

  /** How many wait; for metrics. */
  get waiting(): number {
    return this.#waiting.length;
  }

  advance(position: number): void {
    this.position = position;
    const due = this.#waiting;
    this.#waiting = this.#spare;
    for (const waiter of due) waiter.onDurable();
    due.length = 0;
    this.#spare = due;
  }
}
