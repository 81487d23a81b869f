/** Counts what is running, lets others wait for the end of it, and can be closed against new work. */
export class WorkGate {
  #running = 0;
  #closed = false;
  #whenIdle: (() => void)[] = [];
  #whenOpen: (() => void)[] = [];

  /** Work that comes now has to wait. The gate does not enforce it. */
  get closed(): boolean {
    return this.#closed;
  }

  begin(): void {
    this.#running++;
  }

  end(): void {
    this.#running--;
    if (this.#running > 0 || this.#whenIdle.length === 0) return;
    const waiting = this.#whenIdle;
    this.#whenIdle = [];
    for (const resolve of waiting) resolve();
  }

  idle(): Promise<void> {
    return this.#running === 0 ? Promise.resolve() : new Promise((resolve) => this.#whenIdle.push(resolve));
  }

  close(): Promise<void> {
    this.#closed = true;
    return this.idle();
  }

  open(): void {
    this.#closed = false;
    const waiting = this.#whenOpen;
    this.#whenOpen = [];
    for (const resolve of waiting) resolve();
  }

  /** Resolves at the next {@link open}. */
  opened(): Promise<void> {
    return new Promise((resolve) => this.#whenOpen.push(resolve));
  }
}
