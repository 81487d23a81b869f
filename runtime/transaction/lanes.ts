/** How long somebody waits at most: what is in the lane may itself be waiting for them. */
const PATIENCE_MS = 200;

interface Lane {
  /** Who waits, in order. */
  readonly waiting: (() => void)[];
}

/**
 * Sets calls of one process apart that have lost against each other over a table: they run again one after the other,
 * while nobody else waits. On a store that other processes share, running again all at once would make every one but
 * the first ask in vain.
 */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();

  /** Resolves when the lane of the table is free, or after a while. @returns a function that leaves it. */
  async enter(table: string): Promise<() => void> {
    const lane = this.#lanes.get(table);
    if (lane === undefined) {
      const entered: Lane = { waiting: [] };
      this.#lanes.set(table, entered);
      return () => this.#leave(table, entered);
    }
    return (await this.#turn(lane)) ? () => this.#leave(table, lane) : () => undefined;
  }

  /** @returns whether it came before patience ran out. */
  #turn(lane: Lane): Promise<boolean> {
    return new Promise((resolve) => {
      const come = (): void => {
        clearTimeout(timer);
        resolve(true);
      };
      const timer = setTimeout(() => {
        lane.waiting.splice(lane.waiting.indexOf(come), 1);
        resolve(false);
      }, PATIENCE_MS);
      lane.waiting.push(come);
    });
  }

  #leave(table: string, lane: Lane): void {
    const next = lane.waiting.shift();
    if (next === undefined) this.#lanes.delete(table);
    else next();
  }
}
