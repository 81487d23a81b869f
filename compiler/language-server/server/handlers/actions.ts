import { CODE_ACTION_KINDS, codeActions } from "../../actions/code-actions.js";
import type { HandlerGroup } from "./handler.js";

/** What an editor offers to change. */
export const actions: HandlerGroup = ({ connection, on }) => {
  connection.onCodeAction(({ textDocument, range, context: { only } }, token) =>
    on(textDocument, token, ({ snapshot, path, offsetsOf, uriOf }) =>
      codeActions(snapshot, path, offsetsOf(range), only, uriOf),
    ),
  );
  return { codeActionProvider: { codeActionKinds: [...CODE_ACTION_KINDS] } };
};
