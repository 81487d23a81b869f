import type { Diagnostic } from "vscode-languageserver/node";
import { diagnosticOf } from "../features/diagnostics.js";
import type { Snapshot } from "../project/snapshot.js";
import type { Home } from "./home.js";

/** The problems of one address at one moment. */
export interface Posted {
  readonly uri: string;
  readonly diagnostics: readonly Diagnostic[];
  /** Differs when the problems do. */
  readonly resultId: string;
}

interface Entry extends Posted {
  readonly json: string;
}

interface Examined {
  readonly snapshot: Snapshot;
  /** Of its files, in their order: an editor may write the address of one that it opens in another way. */
  readonly uris: readonly string[];
  readonly problems: ReadonlyMap<string, readonly Diagnostic[]>;
}

/** The problems of all projects, by address, as they were when it was last brought up to date. */
export class ProblemBoard {
  readonly #examined = new WeakMap<Home, Examined>();
  #posted = new Map<string, Entry>();
  #lastId = 0;

  /** Of every address that has a file, whether or not it has problems. */
  get posted(): ReadonlyMap<string, Posted> {
    return this.#posted;
  }

  /** Checks what has changed. @returns the addresses whose problems are others than before, those that are gone too. */
  update(homes: Iterable<Home>): ReadonlySet<string> {
    const now = new Map<string, readonly Diagnostic[]>();
    for (const home of homes) {
      for (const problems of [this.#schemaProblems(home), home.ownProblems()]) {
        for (const [uri, each] of problems) now.set(uri, together(now.get(uri), each));
      }
    }
    const changed = new Set<string>([...this.#posted.keys()].filter((uri) => !now.has(uri)));
    const posted = new Map<string, Entry>();
    for (const [uri, diagnostics] of now) {
      const before = this.#posted.get(uri);
      const json = diagnostics.length === 0 ? "[]" : JSON.stringify(diagnostics);
      if (before?.json === json) {
        posted.set(uri, before);
        continue;
      }
      this.#lastId += 1;
      posted.set(uri, { uri, diagnostics, json, resultId: String(this.#lastId) });
      changed.add(uri);
    }
    this.#posted = posted;
    return changed;
  }

  #schemaProblems(home: Home): ReadonlyMap<string, readonly Diagnostic[]> {
    const snapshot = home.workspace.snapshot();
    const known = this.#examined.get(home);
    const uriOf = (path: string): string => home.uriOf(path);
    const paths = [...snapshot.files.keys()];
    const uris = paths.map(uriOf);
    if (known?.snapshot === snapshot && uris.every((uri, at) => uri === known.uris[at])) return known.problems;
    const problems = new Map(
      paths.map((path) => [uriOf(path), snapshot.diagnosticsOf(path).map((problem) => diagnosticOf(problem, uriOf))]),
    );
    this.#examined.set(home, { snapshot, uris, problems });
    return problems;
  }
}

/** A file may be of two projects, which mostly say the same of it. */
function together(some: readonly Diagnostic[] | undefined, more: readonly Diagnostic[]): readonly Diagnostic[] {
  if (some === undefined || some.length === 0) return more;
  const known = new Set(some.map((each) => JSON.stringify(each)));
  return [...some, ...more.filter((each) => !known.has(JSON.stringify(each)))];
}
