import { afterEach } from "vitest";
import type { CodeAction } from "vscode-languageserver-types";
import { applied } from "../applied.js";
import { Editor } from "../editor.js";

export const PATH = "schema/game.hetu";
let editor: Editor;
afterEach(() => editor.close());

/** The editor of the test that runs. */
export function current(): Editor {
  return editor;
}

/** Opens files, which are closed behind the test. */
export async function open(...given: Parameters<typeof Editor.open>): Promise<Editor> {
  editor = await Editor.open(...given);
  return editor;
}

/** What is offered at the range, or else the cursor, that is marked in the text. */
export async function offered(source: string, only?: readonly string[]): Promise<CodeAction[]> {
  await open({ [PATH]: source });
  return ask(only);
}

export async function ask(only?: readonly string[]): Promise<CodeAction[]> {
  const file = editor.file(PATH);
  const { start, end } = file.ranges[0] ?? { start: file.cursors[0] ?? 0, end: file.cursors[0] ?? 0 };
  return editor.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
    textDocument: file.textDocument,
    range: { start: file.positionAt(start), end: file.positionAt(end) },
    context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
  });
}

/** The text after an action. */
export function after(actions: readonly CodeAction[], title: string): string {
  const action = actions.find((each) => each.title === title);
  if (action === undefined)
    throw new Error(`not offered: ${title}; but: ${actions.map((each) => each.title).join(", ")}`);
  return applied(editor.file(PATH).text, action.edit?.changes?.[editor.uri(PATH)] ?? []);
}
