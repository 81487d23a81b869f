import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import textmate, { type IGrammar } from "vscode-textmate";
import { SourceFile } from "../../../compiler/index.js";
import { LEGEND } from "../../../compiler/language-server/features/semantic-tokens/legend.js";
import { semanticTokens } from "../../../compiler/language-server/features/semantic-tokens/semantic-tokens.js";
import { Workspace } from "../../../compiler/language-server/project/workspace.js";
import { lex } from "../../../compiler/syntax/lexer.js";
import { Duration, MalformedNumber, NumberToken, StringToken } from "../../../compiler/syntax/tokens.js";
import { repository } from "../../compiler/cli/hetuc.js";
import { loadGrammar } from "./grammar.js";

type Class = "comment" | "string" | "number" | "keyword" | "attribute" | "other";

let grammar: IGrammar;
beforeAll(async () => {
  grammar = await loadGrammar();
});

/** What the compiler takes each character for: comments and literals by its lexer, words by its parser. */
function byCompiler(text: string): Class[] {
  const classes = Array.from<Class>({ length: text.length }).fill("other");
  const { tokens, comments } = lex(new SourceFile("a.hetu", text));
  for (const { startOffset, image } of comments) classes.fill("comment", startOffset, startOffset + image.length);
  for (const { startOffset, image, tokenType } of tokens) {
    const isNumber = tokenType === NumberToken || tokenType === Duration || tokenType === MalformedNumber;
    if (!isNumber && tokenType !== StringToken) continue;
    classes.fill(isNumber ? "number" : "string", startOffset, startOffset + image.length);
  }
  const workspace = new Workspace();
  workspace.set("a.hetu", text);
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const { data } = semanticTokens(workspace.snapshot(), "a.hetu");
  let [line, column] = [0, 0];
  for (let at = 0; at < data.length; at += 5) {
    const [down = 0, right = 0, length = 0, type = 0] = data.slice(at, at + 5);
    line += down;
    column = down === 0 ? column + right : right;
    const name = LEGEND.tokenTypes[type];
    const start = (starts[line] ?? 0) + column;
    if (name === "keyword") classes.fill("keyword", start, start + length);
    if (name === "decorator") classes.fill("attribute", start, start + length);
  }
  return classes;
}

/** What the grammar takes each character for. */
function byGrammar(text: string): Class[] {
  let stack = textmate.INITIAL;
  return text.split("\n").flatMap((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    const classes = Array.from<Class>({ length: line.length }).fill("other");
    for (const { startIndex, endIndex, scopes } of tokens) classes.fill(classOf(scopes), startIndex, endIndex);
    return [...classes, "other"];
  });
}

function classOf(scopes: readonly string[]): Class {
  const has = (...starts: readonly string[]): boolean =>
    scopes.some((scope) => starts.some((start) => scope.startsWith(start)));
  if (has("comment.")) return "comment";
  if (has("string.")) return "string";
  if (has("constant.numeric")) return "number";
  if (scopes.at(-1) === "constant.language.hetu" || has("keyword.other", "storage.type.")) return "keyword";
  return has("storage.modifier.annotation", "punctuation.definition.annotation") ? "attribute" : "other";
}

/** The places where the two differ, with what stands there. */
function differences(text: string): readonly string[] {
  const [compiler, inGrammar] = [byCompiler(text), byGrammar(text)];
  const found = new Set<string>();
  for (const [at, expected] of compiler.entries()) {
    if (inGrammar[at] === expected || /\s/.test(text[at] ?? "")) continue;
    const line = text.slice(0, at).split("\n").length;
    found.add(`${line}: ${text.split("\n")[line - 1]?.trim()} | ${expected}, not ${inGrammar[at]}: ${text[at]}`);
  }
  return [...found];
}

const documents = readFileSync(join(repository, "docs/language.md"), "utf8");
const blocks = [...documents.matchAll(/^```hetu\n(.*?)^```$/gms)].map(([, block]) => block ?? "");

test("grammar and compiler agree on every comment, literal, keyword and attribute of the kitchen sink", () => {
  const text = readFileSync(join(repository, "schema-examples/kitchen-sink/schema/kitchen.hetu"), "utf8");
  expect(new Set(byCompiler(text)).size).toBe(6);
  expect(differences(text)).toEqual([]);
});

test("and of the examples of docs/language.md", () => {
  expect(blocks.length).toBeGreaterThan(0);
  for (const block of blocks) expect(differences(block)).toEqual([]);
});

test("and where comments, strings, numbers and keywords stand in each other's way", () => {
  const text = [
    "namespace odd",
    "//// not documentation",
    '/* block // " { */ enum A: u8 /// doc {',
    "{ a = 1, /*",
    "  over lines */ b = 0x1F // }",
    "}",
    "component Allman // why {",
    "{",
    '  a: string(16) = "// /* \" @x" // "',
    "  component: i32 = -1 @range(-1.5e-3, 1E+6)",
    "  uses : i32 @index @was(old)",
    "  b: f64 = 1e5, c: bool = false",
    "  d: i64[] e: string (8)",
    "  true: bool = true",
    "}",
    'component One /* x */ { owner: i64 @unique } /** stars **/ struct S { a: u8 = 0 } // "',
    "@permission(user)@limit(times:1,per:500ms)@limit(times: 2, per: 7d) system uses(uses: i32, system: string(8) ):i64 uses One",
    "@deprecated(",
    '  "a\\u{1F600}\\n // no"',
    ") system calls(a: i32 @range(0, 9) // uses b",
    "  , b?: i32) // uses b",
    "  uses One, Allman // calls",
    "  /* rejects */ calls uses",
    "  rejects E",
    "",
    "  emits V",
    "endpoint endpoint(): One[]",
    "error E { error: i32 } event V{event:i32}struct T { struct: S? }",
    "session { session: i64 }",
    "@rls(owner == ctx.session) @permission (owner)",
    "component End { owner: i64 }",
  ].join("\n");
  expect(differences(text)).toEqual([]);
});
