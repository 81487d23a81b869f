interface Milestone {
  readonly position: number;
  readonly reached: Promise<void>;
  readonly resolve: () => void;
}

/** Promises of moments when a position that only grows is reached: one for each position asked for. */
export class Milestones {
  /** By position. */
  #ahead: Milestone[] = [];

  /** When the position is reached. */
  at(position: number): Promise<void> {
    let place = this.#ahead.length;
    // Nearly always asked for in order.
    while (place > 0 && (this.#ahead[place - 1] as Milestone).position > position) place--;
    const known = this.#ahead[place - 1];
    if (known?.position === position) return known.reached;
    let resolve: () => void = () => undefined;
    const reached = new Promise<void>((done) => (resolve = done));
    this.#ahead.splice(place, 0, { position, reached, resolve });
    return reached;
  }

  reach(position: number): void {
    if (this.#ahead.length === 0) return;
    const behind = this.#ahead.findIndex((one) => one.position > position);
    for (const { resolve } of this.#ahead.splice(0, behind < 0 ? this.#ahead.length : behind)) resolve();
  }

  /** Those who wait for the others' positions wait for these. */
  takeOver(others: Milestones): void {
    this.#ahead = others.#ahead;
    others.#ahead = [];
  }
}
