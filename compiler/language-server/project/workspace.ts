import { SettledDeclarations } from "../../check/settled.js";
import { SourceFile } from "../../source/source-file.js";
import { parse, reparse, type ParsedFile } from "../../syntax/parse.js";
import { Snapshot } from "./snapshot.js";

/** The texts of one project as they are now: on disk, or, of files that are open, in the editor. */
export class Workspace {
  readonly #texts = new Map<string, string>();
  /** As of the last snapshot; of texts that have changed since, what the next parse starts from. */
  readonly #parsed = new Map<string, ParsedFile>();
  readonly #settled = new SettledDeclarations();
  #snapshot: Snapshot | undefined;

  /** @param path relative to the project, with `/`: what messages call the file. */
  set(path: string, text: string): void {
    if (this.#texts.get(path) === text) return;
    this.#texts.set(path, text);
    this.#snapshot = undefined;
  }

  delete(path: string): void {
    this.#parsed.delete(path);
    if (this.#texts.delete(path)) this.#snapshot = undefined;
  }

  /**
   * The project as it is now; the same object until something changes. The one before is not to be used any more: only
   * declarations that have changed are parsed again, the others move from its trees to the new ones.
   */
  snapshot(): Snapshot {
    this.#snapshot ??= new Snapshot(
      [...this.#texts].map(([path, text]) => this.#parse(path, text)),
      this.#settled,
    );
    return this.#snapshot;
  }

  #parse(path: string, text: string): ParsedFile {
    const before = this.#parsed.get(path);
    if (before?.tree.file.text === text) return before;
    const parsed = before === undefined ? parse(new SourceFile(path, text)) : reparse(before, text);
    this.#parsed.set(path, parsed);
    return parsed;
  }
}
