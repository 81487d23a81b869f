export interface Flushable {
  flush(): void;
}

/** Flushes at the end of the tick, so that everything that one tick produces for a connection leaves together. */
export class FlushQueue {
  #due: Flushable[] = [];
  #spare: Flushable[] = [];

  schedule(target: Flushable): void {
    if (this.#due.length === 0) process.nextTick(this.#run);
    this.#due.push(target);
  }

  readonly #run = (): void => {
    const due = this.#due;
    this.#due = this.#spare;
    for (const target of due) target.flush();
    due.length = 0;
    this.#spare = due;
  };
}
