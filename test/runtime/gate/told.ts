/** What the hooks have told, as something to wait for. */
export class Told {
  readonly all: string[] = [];
  #wake: () => void = () => undefined;

  tell(what: string): void {
    this.all.push(what);
    this.#wake();
  }

  async until(what: string): Promise<void> {
    while (!this.all.includes(what)) await new Promise<void>((resolve) => (this.#wake = resolve));
  }
}
