import type { SemanticTokens, SemanticTokensDelta } from "vscode-languageserver/node";
import { tokensDelta } from "../../features/semantic-tokens/encode.js";
import { LEGEND } from "../../features/semantic-tokens/legend.js";
import { semanticTokens } from "../../features/semantic-tokens/semantic-tokens.js";
import type { HandlerGroup } from "./handler.js";

/** Files whose last colours are remembered. An editor that asks for the changes of another one gets all. */
const REMEMBERED_FILES = 32;

/** Colours by meaning: of a file, of a range, and what has changed since an editor last asked. */
export const colours: HandlerGroup = ({ connection, on }) => {
  const sent = new Map<string, Required<SemanticTokens>>();
  let lastId = 0;

  const remember = (uri: string, { data }: SemanticTokens): Required<SemanticTokens> => {
    lastId += 1;
    const tokens = { resultId: String(lastId), data };
    sent.delete(uri);
    sent.set(uri, tokens);
    for (const oldest of sent.keys()) {
      if (sent.size <= REMEMBERED_FILES) break;
      sent.delete(oldest);
    }
    return tokens;
  };

  connection.languages.semanticTokens.on(async ({ textDocument }, token) => {
    const tokens = await on(textDocument, token, ({ snapshot, path }) => semanticTokens(snapshot, path));
    return remember(textDocument.uri, tokens ?? { data: [] });
  });
  connection.languages.semanticTokens.onDelta(
    async ({ textDocument, previousResultId }, token): Promise<SemanticTokens | SemanticTokensDelta> => {
      const found = await on(textDocument, token, ({ snapshot, path }) => semanticTokens(snapshot, path));
      const before = sent.get(textDocument.uri);
      const tokens = remember(textDocument.uri, found ?? { data: [] });
      if (before?.resultId !== previousResultId) return tokens;
      return { resultId: tokens.resultId, edits: tokensDelta(before.data, tokens.data) };
    },
  );
  connection.languages.semanticTokens.onRange(async ({ textDocument, range }, token) => {
    const tokens = await on(textDocument, token, ({ snapshot, path, offsetsOf }) =>
      semanticTokens(snapshot, path, offsetsOf(range)),
    );
    return tokens ?? { data: [] };
  });
  return { semanticTokensProvider: { legend: LEGEND, full: { delta: true }, range: true } };
};
