import { type CompletionItem, CompletionItemTag, type CompletionList } from "vscode-languageserver-types";
import type { ClientCompletionItemOptions } from "vscode-languageserver/node";
import { SourceFile } from "../../../compiler/source/source-file.js";
import { Editor } from "./editor.js";

export const GAME = "schema/game.hetu";

const ITEMS_TEXT = `namespace items
enum Rarity: u8 { common, rare }
struct Reward { gold: i32 }
component Bag { owner: i64 @unique }
`;

/** What every text of {@link proposalsAt} is followed by. */
export const REST = `

/// Two sides.
enum Team: u8 { red, blue @deprecated("unused") }
struct Point { x: f32, y: f32 }
session { guild: i64, level: u8, name: string(8), team: Team }
/// Where a player stands.
component Position { owner: i64 @unique, x: f32 = 0 @index }
@backend(archive)
component Score { points: u32 }
error Closed {}
error Full {}
event Moved { who: i64 }
system login(): i64 uses Position
@deprecated("use login")
system enter() uses Position calls login:Shop
@stale(5s)
system read_all() uses Score
endpoint whoami(): i64
`;

/** An editor that knows snippets, on a project of two namespaces: `items`, and `game` with {@link REST}. */
export async function openGame(): Promise<Editor> {
  const completionItem: ClientCompletionItemOptions = {
    snippetSupport: true,
    tagSupport: { valueSet: [CompletionItemTag.Deprecated] },
  };
  return Editor.open(
    { "schema/items.hetu": ITEMS_TEXT, [GAME]: `namespace game${REST}` },
    { textDocument: { completion: { completionItem } } },
  );
}

/** Proposals for a piece of text in the namespace `game`, before its other declarations. */
export async function proposalsAt(editor: Editor, text: string, trigger?: string): Promise<CompletionItem[]> {
  return completionsAt(editor, GAME, `namespace game\n\n${text}${REST}`, trigger);
}

/** The proposals at the first cursor of a text, which takes the place of the whole file. */
export async function completionsAt(
  editor: Editor,
  path: string,
  source: string,
  triggerCharacter?: string,
): Promise<CompletionItem[]> {
  const { textDocument, position } = await editor.type(path, source);
  const context = triggerCharacter === undefined ? { triggerKind: 1 } : { triggerKind: 2, triggerCharacter };
  const list: CompletionList = await editor.connection.sendRequest("textDocument/completion", {
    textDocument,
    position,
    context,
  });
  return list.items;
}

/** The labels of proposals in the order in which an editor shows them. */
export function labelsOf(items: readonly CompletionItem[]): string[] {
  return [...items]
    .sort((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1))
    .map(({ label }) => label);
}

/** A text after a proposal has been accepted, its places to fill in filled as they are offered. */
export function accepted(text: string, item: CompletionItem): string {
  const file = new SourceFile("", text);
  const offsetAt = ({ line, character }: { line: number; character: number }): number =>
    file.offsetAt({ line: line + 1, column: character + 1 });
  if (item.textEdit === undefined || !("range" in item.textEdit)) throw new Error(`${item.label} has no edit`);
  const edits = [item.textEdit, ...(item.additionalTextEdits ?? [])];
  return edits
    .map(({ range, newText }) => ({ start: offsetAt(range.start), end: offsetAt(range.end), newText }))
    .sort((a, b) => b.start - a.start)
    .reduce((all, { start, end, newText }) => all.slice(0, start) + newText + all.slice(end), text);
}
