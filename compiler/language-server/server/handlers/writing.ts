import type { ClientCapabilities, CompletionList } from "vscode-languageserver/node";
import {
  completion,
  COMPLETION_TRIGGERS,
  type CompletionOptions,
  resolveCompletion,
} from "../../features/completion.js";
import { hover } from "../../features/hover.js";
import { signatureHelp, SIGNATURE_TRIGGERS } from "../../features/signature-help.js";
import type { HandlerGroup } from "./handler.js";

/** What helps to write: completion, hover, signature help. */
export const writing: HandlerGroup = ({ connection, client, on }) => {
  const options = completionOptions(client);
  const hoverMarkdown = client.textDocument?.hover?.contentFormat?.includes("markdown") ?? true;
  const signature = client.textDocument?.signatureHelp?.signatureInformation;
  const signatureMarkdown = signature?.documentationFormat?.includes("markdown") ?? true;

  connection.onCompletion(({ textDocument, position, context }, token) =>
    on(textDocument, token, ({ snapshot, path, offsetOf }): CompletionList => {
      const list = completion(snapshot, path, offsetOf(position), options, context?.triggerCharacter);
      // What comes back with the one item that is shown must lead to its project.
      const items = list.items.map((item) =>
        item.data === undefined ? item : { ...item, data: { of: item.data as unknown, uri: textDocument.uri } },
      );
      return { ...list, items };
    }),
  );
  connection.onCompletionResolve(async (item, token) => {
    const { of: data, uri } = (item.data ?? {}) as { of?: unknown; uri?: string };
    if (uri === undefined) return item;
    const resolved = await on({ uri }, token, ({ snapshot }) =>
      resolveCompletion(snapshot, { ...item, data }, options),
    );
    return resolved === null ? item : { ...resolved, data: item.data as unknown };
  });
  connection.onHover(({ textDocument, position }, token) =>
    on(
      textDocument,
      token,
      ({ snapshot, path, offsetOf }) => hover(snapshot, path, offsetOf(position), hoverMarkdown) ?? null,
    ),
  );
  connection.onSignatureHelp(({ textDocument, position }, token) =>
    on(
      textDocument,
      token,
      ({ snapshot, path, offsetOf }) => signatureHelp(snapshot, path, offsetOf(position), signatureMarkdown) ?? null,
    ),
  );

  return {
    completionProvider: { triggerCharacters: [...COMPLETION_TRIGGERS], resolveProvider: true },
    hoverProvider: true,
    signatureHelpProvider: { triggerCharacters: [...SIGNATURE_TRIGGERS] },
  };
};

function completionOptions({ textDocument }: ClientCapabilities): CompletionOptions {
  const item = textDocument?.completion?.completionItem;
  return {
    snippets: item?.snippetSupport === true,
    markdown: item?.documentationFormat?.includes("markdown") ?? true,
    deprecatedTag: item?.tagSupport !== undefined,
  };
}
