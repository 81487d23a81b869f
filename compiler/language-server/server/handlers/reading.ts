import {
  type CancellationToken,
  LSPErrorCodes,
  MessageType,
  ResponseError,
  ShowMessageNotification,
  type ClientCapabilities,
  type RenameParams,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import { codeLens, lensSubject, resolveCodeLens } from "../../features/code-lens.js";
import { definition } from "../../features/definition.js";
import { documentHighlights } from "../../features/document-highlights.js";
import { foldingRanges } from "../../features/folding-ranges.js";
import { formatting, rangeFormatting } from "../../features/formatting.js";
import { inlayHints } from "../../features/inlay-hints.js";
import { linkedEditing } from "../../features/linked-editing.js";
import { references } from "../../features/references.js";
import { dataAtStake } from "../../features/rename/data-at-stake.js";
import { prepareRename } from "../../features/rename/prepare-rename.js";
import { isRefusal, type Refusal } from "../../features/rename/refusal.js";
import { rename, type RenameOptions } from "../../features/rename/rename.js";
import { selectionRanges } from "../../features/selection-ranges.js";
import { workspaceSymbols } from "../../features/workspace-symbols.js";
import { showsInlayHint } from "../settings.js";
import { colours } from "./colours.js";
import type { HandlerGroup, Services } from "./handler.js";
import { savedNames } from "./saved-names.js";

/** What helps to read and to move: definitions, references, renames, colours, folds. */
export const reading: HandlerGroup = (services) => ({
  ...places(services),
  ...shapes(services),
  ...notes(services),
  ...renames(services),
  ...colours(services),
});

/** Where things are declared and named. */
const places: HandlerGroup = ({ connection, client, on, projects }) => {
  connection.onDefinition(({ textDocument, position }, token) =>
    on(textDocument, token, ({ snapshot, path, offsetOf, uriOf }) => {
      const links = definition(snapshot, path, offsetOf(position), uriOf);
      if (client.textDocument?.definition?.linkSupport === true) return links;
      return links.map(({ targetUri, targetSelectionRange }) => ({ uri: targetUri, range: targetSelectionRange }));
    }),
  );
  connection.onReferences(({ textDocument, position, context: { includeDeclaration } }, token) =>
    on(textDocument, token, ({ snapshot, path, offsetOf, uriOf }) =>
      references(snapshot, path, offsetOf(position), includeDeclaration, uriOf),
    ),
  );
  connection.onDocumentHighlight(({ textDocument, position }, token) =>
    on(textDocument, token, ({ snapshot, path, offsetOf }) => documentHighlights(snapshot, path, offsetOf(position))),
  );
  connection.onWorkspaceSymbol(async ({ query }) =>
    (await projects()).flatMap(({ snapshot, uriOf }) => workspaceSymbols(snapshot, query, uriOf)),
  );
  return {
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    workspaceSymbolProvider: true,
  };
};

/** How texts are laid out, and what an editor can fold and select of them. */
const shapes: HandlerGroup = ({ connection, on }) => {
  connection.onDocumentFormatting(({ textDocument }, token) =>
    on(textDocument, token, ({ snapshot, path }) => formatting(snapshot, path)),
  );
  connection.onDocumentRangeFormatting(({ textDocument, range }, token) =>
    on(textDocument, token, ({ snapshot, path, offsetsOf }) => rangeFormatting(snapshot, path, offsetsOf(range))),
  );
  connection.onFoldingRanges(({ textDocument }, token) =>
    on(textDocument, token, ({ snapshot, path }) => foldingRanges(snapshot, path)),
  );
  connection.onSelectionRanges(({ textDocument, positions }, token) =>
    on(textDocument, token, ({ snapshot, path, offsetOf }) =>
      selectionRanges(
        snapshot,
        path,
        positions.map((position) => offsetOf(position)),
      ),
    ),
  );
  return {
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    foldingRangeProvider: true,
    selectionRangeProvider: true,
  };
};

/** What an editor shows between the words of a text. */
const notes: HandlerGroup = (services) => {
  const { connection, on } = services;
  connection.languages.inlayHint.on(({ textDocument, range }, token) =>
    on(textDocument, token, ({ snapshot, path, offsetsOf }) =>
      inlayHints(snapshot, path, offsetsOf(range), (kind) => showsInlayHint(services.settings, kind)),
    ),
  );
  connection.onCodeLens(({ textDocument }, token) =>
    services.settings.codeLens
      ? on(textDocument, token, ({ snapshot, path, uriOf }) => codeLens(snapshot, path, uriOf))
      : [],
  );
  connection.onCodeLensResolve(async (lens, token) => {
    const uri = lensSubject(lens)?.uri;
    if (uri === undefined) return lens;
    const resolved = await on({ uri }, token, ({ snapshot, path, uriOf }) =>
      resolveCodeLens(snapshot, path, lens, uriOf),
    );
    return resolved ?? lens;
  });
  return { inlayHintProvider: true, codeLensProvider: { resolveProvider: true } };
};

/** Names that change everywhere at once. */
const renames: HandlerGroup = (services) => {
  const { connection, client, on } = services;
  connection.onPrepareRename(async ({ textDocument, position }, token) =>
    orThrow(
      await on(textDocument, token, ({ snapshot, path, offsetOf }) =>
        prepareRename(snapshot, path, offsetOf(position)),
      ),
    ),
  );
  connection.onRenameRequest((params, token) => renamed(services, params, token));
  connection.languages.onLinkedEditingRange(({ textDocument, position }, token) =>
    on(
      textDocument,
      token,
      ({ snapshot, path, offsetOf }) => linkedEditing(snapshot, path, offsetOf(position)) ?? null,
    ),
  );
  return {
    renameProvider: client.textDocument?.rename?.prepareSupport === true ? { prepareProvider: true } : true,
    linkedEditingRangeProvider: true,
  };
};

async function renamed(
  { connection, client, settings, on }: Services,
  { textDocument, position, newName }: RenameParams,
  token: CancellationToken,
): Promise<WorkspaceEdit | null> {
  const documentChanges = client.workspace?.workspaceEdit?.documentChanges === true;
  const confirmsLoss = offersParts(client);
  const kept = confirmsLoss ? "offered" : "included";
  return orThrow(
    await on(textDocument, token, ({ snapshot, path, offsetOf, uriOf }) => {
      const offset = offsetOf(position);
      const here = snapshot.symbols.at(path, offset);
      const declared = here && snapshot.symbols.occurrences(here.symbol)[0]?.span;
      const saved = declared !== undefined && savedNames(uriOf)(declared);
      const options: RenameOptions = {
        was: saved && settings.renameWas ? kept : "left out",
        confirmsLoss: saved && confirmsLoss,
        documentChanges,
      };
      const answer = rename(snapshot, path, offset, newName, options, uriOf);
      const loss = here && saved && !confirmsLoss && !isRefusal(answer) && dataAtStake(snapshot, here.symbol);
      if (typeof loss === "string") {
        void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message: loss });
      }
      return answer;
    }),
  );
}

/** Whether users of an editor can leave out parts of a rename. */
function offersParts({ textDocument, workspace }: ClientCapabilities): boolean {
  return (
    textDocument?.rename?.honorsChangeAnnotations === true &&
    workspace?.workspaceEdit?.changeAnnotationSupport !== undefined &&
    workspace.workspaceEdit.documentChanges === true
  );
}

function orThrow<T extends object>(answer: T | Refusal | null): T | null {
  if (answer !== null && isRefusal(answer)) throw new ResponseError(LSPErrorCodes.RequestFailed, answer.refused);
  return answer;
}
