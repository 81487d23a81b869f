import {
  type Connection,
  ErrorCodes,
  type FileOperationRegistrationOptions,
  type InitializeParams,
  PositionEncodingKind,
  ResponseError,
  type ServerCapabilities,
  TextDocuments,
  TextDocumentSyncKind,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { registerAll } from "./handlers/all-handlers.js";
import { diagnosticsOf } from "./handlers/diagnostics.js";
import { Session } from "./session.js";

export interface ServeOptions {
  /** Milliseconds after which the reading of a project is shown as progress. */
  readonly progressAfter?: number;
  readonly onShutdown?: () => void;
}

/** What users do to files and folders within their editor: watchers tell nothing of the files of a folder. */
const FILE_OPERATIONS: FileOperationRegistrationOptions = {
  filters: [
    { scheme: "file", pattern: { glob: "**/*.hetu", matches: "file" } },
    { scheme: "file", pattern: { glob: "**", matches: "folder" } },
  ],
};

/** Serves one editor over a connection until it closes. */
export function serve(connection: Connection, options: ServeOptions = {}): void {
  const documents = new TextDocuments(TextDocument);
  let session: Session | undefined;

  connection.onInitialize((params) => {
    if (session !== undefined) return new ResponseError<never>(ErrorCodes.InvalidRequest, "initialized already");
    session = new Session(connection, documents, params, options.progressAfter);
    return { capabilities: start(connection, session, params), serverInfo: { name: "hetuc" } };
  });
  connection.onInitialized(() => {
    session?.initialized();
    if (session?.client.workspace?.workspaceFolders !== true) return;
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => session?.changeFolders(added, removed));
  });
  connection.onShutdown(async () => {
    await session?.shutdown();
    options.onShutdown?.();
  });
  connection.onRequest((method): never => {
    if (session === undefined) throw new ResponseError(ErrorCodes.ServerNotInitialized, "not initialized yet");
    throw new ResponseError(ErrorCodes.MethodNotFound, `there is no request ${method}`);
  });

  documents.onDidOpen(({ document }) => session?.opened(document));
  documents.onDidChangeContent(({ document }) => session?.edited(document));
  documents.onDidClose(({ document }) => session?.closed(document));
  documents.listen(connection);
  connection.listen();
}

function start(connection: Connection, session: Session, { capabilities }: InitializeParams): ServerCapabilities {
  connection.onDidChangeWatchedFiles((params) => session.watchedFilesChanged(params));
  const lookAgain = (): void => session.changedOnDisk([]);
  connection.workspace.onDidCreateFiles(lookAgain);
  connection.workspace.onDidRenameFiles(lookAgain);
  connection.workspace.onDidDeleteFiles(lookAgain);
  const features = registerAll(session, [diagnosticsOf(session.reporter)]);
  const { fileOperations, workspaceFolders } = capabilities.workspace ?? {};
  return {
    ...features,
    // The only encoding that every editor has; offered as such, even where it could be another.
    positionEncoding: PositionEncodingKind.UTF16,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    workspace: {
      ...features.workspace,
      ...(workspaceFolders === true ? { workspaceFolders: { supported: true, changeNotifications: true } } : {}),
      ...(fileOperations === undefined
        ? {}
        : { fileOperations: { didCreate: FILE_OPERATIONS, didRename: FILE_OPERATIONS, didDelete: FILE_OPERATIONS } }),
    },
  };
}
