import { Snapshot } from "./snapshot.js";

/** The texts of one project as they are now: on disk, or, of files that are open, in the editor. */
export class Workspace {
  readonly #texts = new Map<string, string>();
  #snapshot: Snapshot | undefined;

  /** @param path relative to the project, with `/`: what messages call the file. */
  set(path: string, text: string): void {
    if (this.#texts.get(path) === text) return;
    this.#texts.set(path, text);
    this.#snapshot = undefined;
  }

  delete(path: string): void {
    if (this.#texts.delete(path)) this.#snapshot = undefined;
  }

  /** The project as it is now; the same object until something changes. */
  snapshot(): Snapshot {
    this.#snapshot ??= new Snapshot([...this.#texts].map(([path, text]) => ({ path, text })));
    return this.#snapshot;
  }
}
