/** A wait that can be cut short, and of which nothing is left then. */
export class Pause {
  #timer: NodeJS.Timeout | undefined;
  #end: (() => void) | undefined;

  wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#end = resolve;
      this.#timer = setTimeout(resolve, milliseconds);
    });
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#end?.();
  }
}
