import type { Diagnostic } from "vscode-languageserver/node";
import type { Workspace } from "../project/workspace.js";

/** Where a document belongs: a project on disk, or nowhere but to itself. */
export interface Home {
  readonly workspace: Workspace;
  /** The address of a file: as the editor writes it, when it is open there. */
  uriOf(path: string): string;
  /** Problems that are not of the schema: files that cannot be read, a broken hetu.json. By address. */
  ownProblems(): ReadonlyMap<string, readonly Diagnostic[]>;
}

/** A text that the editor has open. */
export interface OpenText {
  readonly uri: string;
  readonly version: number;
  getText(): string;
}
