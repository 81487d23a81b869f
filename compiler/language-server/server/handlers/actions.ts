import { CODE_ACTION_KINDS, codeActions } from "../../actions/code-actions.js";
import type { Span } from "../../../source/span.js";
import type { HandlerGroup } from "./handler.js";
import { savedNames } from "./saved-names.js";

/** What an editor offers to change. */
export const actions: HandlerGroup = (services) => {
  const { connection, on } = services;
  connection.onCodeAction(({ textDocument, range, context: { only } }, token) =>
    on(textDocument, token, ({ snapshot, path, offsetsOf, uriOf }) => {
      const isSaved = savedNames(uriOf);
      const isStored = (name: Span): boolean => services.settings.renameWas && isSaved(name);
      return codeActions(snapshot, path, offsetsOf(range), only, uriOf, isStored);
    }),
  );
  return { codeActionProvider: { codeActionKinds: [...CODE_ACTION_KINDS] } };
};
