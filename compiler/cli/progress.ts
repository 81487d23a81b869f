import type { Terminal } from "./terminal.js";

const QUIET_MS = 1000;
const ERASE_LINE = "\r\x1b[K";

/** Says on a terminal what a command is at, once it has taken longer than a second. */
export class Progress {
  readonly #terminal: Terminal;
  readonly #began = performance.now();
  #timer: NodeJS.Timeout | undefined;
  #shown = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /**
   * The command turns to its next stage.
   *
   * @param label as `checking 1000 files`.
   * @param long the stage is known to hold up the event loop for long: show it without waiting.
   */
  stage(label: string, long = false): void {
    clearTimeout(this.#timer);
    if (this.#terminal.err.isTTY !== true) return;
    const left = long ? 0 : QUIET_MS - (performance.now() - this.#began);
    if (left <= 0) this.#show(label);
    else this.#timer = setTimeout(() => this.#show(label), left).unref();
  }

  /** Takes the line away again; what follows is the result. */
  done(): void {
    clearTimeout(this.#timer);
    if (this.#shown) this.#terminal.err.write(ERASE_LINE);
    this.#shown = false;
  }

  #show(label: string): void {
    this.#terminal.err.write(`${ERASE_LINE}${label} …`);
    this.#shown = true;
  }
}
