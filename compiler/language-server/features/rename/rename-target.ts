import { CALLER, RLS_ROOT } from "../../../check/rls.js";
import { BUILT_IN_TYPES } from "../../../check/types.js";
import { touches } from "../../../source/span.js";
import type { SchemaFile } from "../../../syntax/tree.js";
import type { Snapshot } from "../../project/snapshot.js";
import type { Occurrence } from "../../project/symbols/symbol.js";
import { nodesAt, type SyntaxNode } from "../syntax-nodes.js";
import type { Refusal } from "./refusal.js";

const CORE = "core";
const BUILT_IN: ReadonlySet<string> = new Set(BUILT_IN_TYPES);
const CONSTANTS: ReadonlySet<string> = new Set(["true", "false", "now"]);

/** What is named at an offset and may be called something else, or why nothing there can be. */
export function renameTarget(snapshot: Snapshot, path: string, offset: number): Occurrence | Refusal {
  const here = snapshot.symbols.at(path, offset);
  const tree = snapshot.file(path);
  if (here === undefined) return { refused: tree === undefined ? "There is no name here." : whyNone(tree, offset) };
  const { symbol } = here;
  if (symbol.kind === "session") return { refused: "`session` is a keyword; the session of a namespace has no name." };
  if ((symbol.kind === "namespace" ? symbol.name : symbol.namespace) === CORE) {
    return { refused: "The namespace `core` comes with the server; its names stay as they are." };
  }
  return here;
}

/** What stands at an offset that is no name of the schema. */
function whyNone(tree: SchemaFile, offset: number): string {
  const innermost = nodesAt(tree, offset).sort((a, b) => length(a) - length(b));
  for (const node of innermost) {
    const reason = reasonOf(node, offset);
    if (reason !== undefined) return reason;
  }
  const name = innermost.find((node) => node.kind === "Name");
  return name === undefined ? "There is no name here." : `\`${name.text}\` leads to nothing that is declared.`;
}

function reasonOf(node: SyntaxNode, offset: number): string | undefined {
  if ("keyword" in node && touches(node.keyword, offset)) {
    const { file, start, end } = node.keyword;
    return `\`${file.text.slice(start, end)}\` is a keyword.`;
  }
  switch (node.kind) {
    case "Attribute":
      if (touches(node.name.span, offset) || offset === node.span.start) {
        return `\`@${node.name.text}\` is an attribute of the language.`;
      }
      return node.name.text === "was" ? "What `@was` names is gone; write another name there." : undefined;
    case "RlsExpression":
      if (node.root.text !== RLS_ROOT) return undefined;
      if (touches(node.root.span, offset)) return "`ctx` stands for the connection.";
      if (!touches(node.member.span, offset) || node.member.text !== CALLER) return undefined;
      return "`ctx.caller` is the id of the user who is logged in.";
    case "Name":
      if (BUILT_IN.has(node.text)) return `\`${node.text}\` is a built-in type.`;
      if (node.text === "id") return "`id` is the primary key of every row.";
      return CONSTANTS.has(node.text) ? `\`${node.text}\` is a word of the language.` : undefined;
    default:
      return undefined;
  }
}

function length({ span }: SyntaxNode): number {
  return span.end - span.start;
}
