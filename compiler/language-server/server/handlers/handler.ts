import type {
  CancellationToken,
  ClientCapabilities,
  Connection,
  Position,
  Range,
  ServerCapabilities,
  TextDocumentIdentifier,
} from "vscode-languageserver/node";
import type { SchemaFile } from "../../../syntax/tree.js";
import type { Snapshot } from "../../project/snapshot.js";
import type { Settings } from "../settings.js";

/** A project as features look at it. */
export interface ProjectView {
  readonly snapshot: Snapshot;
  /** The address of a file of the project; of one that is open, as the editor writes it. */
  readonly uriOf: (path: string) => string;
}

/** One document within its project. */
export interface DocumentView extends ProjectView {
  /** What the snapshot calls the file. */
  readonly path: string;
  readonly file: SchemaFile;
  /** A place of the protocol as an offset of the text. */
  readonly offsetOf: (position: Position) => number;
  /** A range of the protocol as offsets of the text. */
  readonly offsetsOf: (range: Range) => { readonly start: number; readonly end: number };
  /** The path of another document's address; `undefined` when it is not of this project. */
  readonly pathOf: (uri: string) => string | undefined;
}

/** What the server offers to those who answer requests. */
export interface Services {
  readonly connection: Connection;
  /** What the editor can do, as it said when it started the server. */
  readonly client: ClientCapabilities;
  /** As they are now; ask again for each request. */
  readonly settings: Settings;
  /**
   * Answers a request about a document, on the state that it was sent in: every change that came before it is in the
   * snapshot, none that came after it. `null` when the server knows no such document.
   *
   * @throws ResponseError (ContentModified) when the document changed before the request could be answered, which only
   *   happens while its project is being read for the first time; (RequestCancelled) when it has been cancelled.
   */
  readonly on: <T>(
    document: TextDocumentIdentifier,
    token: CancellationToken,
    answer: (view: DocumentView) => T,
  ) => T | null | Promise<T | null>;
  /** Every project with an open file, or in a folder that is open, for requests about no document. */
  readonly projects: () => Promise<readonly ProjectView[]>;
}

/**
 * A group of features. Called once, when the editor starts the server: registers its handlers on the connection and
 * returns what the server can do by that. An exception of a handler is answered as an error and logged.
 *
 * ```ts
 * export const outline: HandlerGroup = ({ connection, on }) => {
 *   connection.onDocumentSymbol(({ textDocument }, token) =>
 *     on(textDocument, token, ({ snapshot, path }) => documentSymbols(snapshot, path)),
 *   );
 *   return { documentSymbolProvider: true };
 * };
 * ```
 */
export type HandlerGroup = (services: Services) => ServerCapabilities;
