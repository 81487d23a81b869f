import { sep } from "node:path";
import { type FSWatcher, watch } from "chokidar";

/** Editors write a file in several steps: changes this close together are one. */
const SETTLED = 80;

/** Watches the files that the running code was made of. */
export class CodeWatcher {
  readonly #onChange: () => void;
  readonly #generated: string;
  #watcher: FSWatcher | undefined;
  #files = new Set<string>();
  #timer: NodeJS.Timeout | undefined;

  /** @param generated folder of the compiler's output: it tells by itself when that has changed as a whole. */
  constructor(generated: string, onChange: () => void) {
    this.#generated = generated + sep;
    this.#onChange = onChange;
  }

  /** Watches these files and no others from now on. */
  follow(files: readonly string[]): void {
    const wanted = new Set(files.filter((file) => !file.startsWith(this.#generated)));
    if (this.#watcher === undefined) {
      this.#watcher = watch([...wanted], { ignoreInitial: true });
      this.#watcher.on("all", () => {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(this.#onChange, SETTLED);
      });
    } else {
      this.#watcher.add([...wanted].filter((file) => !this.#files.has(file)));
      this.#watcher.unwatch([...this.#files].filter((file) => !wanted.has(file)));
    }
    this.#files = wanted;
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#watcher?.close();
  }
}
