import { CompletionItemKind } from "vscode-languageserver-types";
import { attributeSpec } from "../../../check/attributes/table.js";
import type { Keyword } from "../../../check/kinds.js";
import { keywordText } from "../hover/keyword-texts.js";
import { choicePlace, place, type Proposal } from "./proposal.js";
import type { Scope } from "./scope.js";

/** A declaration as a whole. Places are numbered from 2: the permission before it is place 1. */
interface Template {
  readonly keyword: Keyword;
  /** Those who may be given access, the likeliest first. */
  readonly permission?: readonly string[];
  readonly text: string;
}

const CALLERS = ["user", "everybody", "admin"];

const TEMPLATES: readonly Template[] = [
  {
    keyword: "component",
    permission: ["user", "everybody", "owner", "admin"],
    text: `component ${place(2, "Name")} {\n  owner: i64 @unique\n  ${place(3, "value")}: ${place(4, "i32")} = ${place(5, "0")}\n}`,
  },
  {
    keyword: "system",
    permission: CALLERS,
    text: `system ${place(2, "name")}(${place(3)}) uses ${place(4, "Component")}`,
  },
  { keyword: "endpoint", permission: CALLERS, text: `endpoint ${place(2, "name")}(${place(3)}): ${place(4, "i64")}` },
  {
    keyword: "enum",
    text: `enum ${place(2, "Name")}: ${choicePlace(3, ["u8", "u16", "i32"])} { ${place(4, "first")}, ${place(5, "second")} }`,
  },
  { keyword: "struct", text: record("struct") },
  { keyword: "event", text: record("event") },
  { keyword: "error", text: record("error") },
  { keyword: "session", text: `session {\n  ${place(2, "field")}: ${place(3, "i64")}\n}` },
];

/**
 * The keywords that may open a declaration, and, where nothing follows on the line, whole declarations.
 *
 * @param attributes those that stand before the cursor: the declaration must be able to have them.
 */
export function declarations(scope: Scope, attributes: readonly string[], lineIsFree: boolean): Proposal[] {
  const fitting = TEMPLATES.filter(
    ({ keyword }) =>
      attributes.every((name) => attributeSpec(name, keyword) !== undefined) &&
      (keyword !== "session" || scope.namespace?.session === undefined),
  );
  const keywords = fitting.map(({ keyword }): Proposal => ({
    label: keyword,
    kind: CompletionItemKind.Keyword,
    rank: 4,
    detail: "declaration",
    documentation: keywordText(keyword),
  }));
  const wholes = lineIsFree ? fitting.map((template) => whole(template, attributes.length === 0)) : [];
  return [...namespaceStatement(scope, attributes), ...keywords, ...wholes];
}

function record(keyword: "struct" | "event" | "error"): string {
  return `${keyword} ${place(2, "Name")} { ${place(3, "field")}: ${place(4, "i32")} }`;
}

function whole({ keyword, permission, text }: Template, withAttributes: boolean): Proposal {
  const head = permission === undefined || !withAttributes ? "" : `@permission(${choicePlace(1, permission)})\n`;
  return {
    label: text.includes("{\n") || text.includes(" { ") ? `${keyword} { … }` : `${keyword} …()`,
    filter: keyword,
    kind: CompletionItemKind.Snippet,
    rank: 5,
    detail: `a new ${keyword}`,
    snippet: `${head}${text}`,
    documentation: keywordText(keyword),
  };
}

function namespaceStatement(scope: Scope, attributes: readonly string[]): Proposal[] {
  if (scope.file.namespace !== undefined || attributes.length > 0) return [];
  const documentation = keywordText("namespace");
  return [
    {
      label: "namespace",
      kind: CompletionItemKind.Keyword,
      rank: 0,
      snippet: `namespace ${place(1, "name")}`,
      documentation,
    },
  ];
}

/** The column that `@permission(owner)` needs, where it is missing. */
export function ownerColumn(scope: Scope, keyword: number): Proposal[] {
  const component = scope.component(keyword);
  if (component === undefined || component.fields.some(({ name }) => name.text === "owner")) return [];
  return [
    {
      label: "owner: i64",
      filter: "owner",
      kind: CompletionItemKind.Field,
      snippet: "owner: i64",
      detail: "the id of a user",
      documentation: "The user that the row belongs to: what `@permission(owner)` and `ctx.caller` are compared with.",
    },
  ];
}
