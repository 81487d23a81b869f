import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver/node";
import { Workspace } from "../project/workspace.js";
import { nameOf } from "./file-uris.js";
import type { Home, OpenText } from "./home.js";

/** A document that no project has: checked for itself. */
export class LoneDocument implements Home {
  readonly workspace = new Workspace();
  readonly path: string;
  readonly #uri: string;
  /** The configuration of the project that lies around it and does not list it. */
  readonly outsideOf: string | undefined;

  constructor({ uri }: OpenText, outsideOf: string | undefined) {
    this.#uri = uri;
    this.path = nameOf(uri);
    this.outsideOf = outsideOf;
  }

  edited(text: OpenText): void {
    this.workspace.set(this.path, text.getText());
  }

  uriOf(): string {
    return this.#uri;
  }

  ownProblems(): ReadonlyMap<string, readonly Diagnostic[]> {
    if (this.outsideOf === undefined) return new Map();
    const start = { line: 0, character: 0 };
    const hint = {
      range: { start, end: start },
      severity: DiagnosticSeverity.Hint,
      source: "hetuc",
      message: `this file is checked alone: \`schema\` of ${this.outsideOf} does not match it`,
    };
    return new Map([[this.#uri, [hint]]]);
  }
}
