import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import type { IGrammar } from "vscode-textmate";
import { ATTRIBUTES } from "../../../compiler/check/attributes/table.js";
import { BUILT_IN_TYPES } from "../../../compiler/check/types.js";
import { clauseWords, declarationWords } from "../../../compiler/syntax/tokens.js";
import { loadGrammar, tokensOf } from "./grammar.js";

const EXAMPLES = fileURLToPath(new URL("../../../schema-examples", import.meta.url));

let grammar: IGrammar;
beforeAll(async () => {
  grammar = await loadGrammar();
});

/** Texts of a source with their scopes. */
function scopes(source: string): Readonly<Record<string, string>> {
  return Object.fromEntries(tokensOf(grammar, source).map(({ text, scope }) => [text, scope]));
}

test("a component, its fields and their attributes are told apart", () => {
  expect(
    scopes(
      [
        "namespace game",
        "/// Where one is.",
        "@permission(owner)",
        "component Position {",
        "  owner: i64 @unique // one each",
        "  x: f32 = -1.5 @range(0, 0x10)",
        '  name: string(32) = "a\\n"',
        "  team: Team = red",
        "}",
      ].join("\n"),
    ),
  ).toMatchObject({
    namespace: "keyword.other.namespace",
    game: "entity.name.namespace",
    "/// Where one is.": "comment.line.documentation",
    permission: "storage.modifier.annotation",
    component: "storage.type.component",
    Position: "entity.name.type.component",
    i64: "support.type.primitive",
    unique: "storage.modifier.annotation",
    "// one each": "comment.line.double-slash",
    x: "variable.other.property",
    "-1.5": "constant.numeric",
    range: "storage.modifier.annotation",
    "0x10": "constant.numeric.hex",
    "32": "constant.numeric",
    a: "string.quoted.double",
    "\\n": "constant.character.escape",
    Team: "entity.name.type",
    red: "variable.other.enummember",
  });
});

test("a system, its clauses and what they name are told apart", () => {
  expect(
    scopes(
      [
        "@permission(user) @limit(times: 20, per: 1s)",
        "system buy(item: i32, note?: string(40)): items.Reward[]?",
        "  uses Inventory, Shop",
        "  calls pay, remember:Stall",
        "  rejects NotEnough emits Bought",
        "",
        "@rls(guild == ctx.guild_id)",
        "component Notice { guild: i64 }",
      ].join("\n"),
    ),
  ).toMatchObject({
    user: "constant.language.permission",
    times: "variable.parameter",
    "1s": "constant.numeric.duration",
    system: "storage.type.system",
    buy: "entity.name.function.system",
    item: "variable.other.property",
    items: "entity.name.namespace",
    Reward: "entity.name.type",
    "[]": "punctuation.definition.array",
    uses: "keyword.other.uses",
    Inventory: "entity.name.type",
    Shop: "entity.name.type",
    calls: "keyword.other.calls",
    pay: "entity.name.function",
    remember: "entity.name.function",
    Stall: "entity.name.tag.copy",
    rejects: "keyword.other.rejects",
    NotEnough: "entity.name.type",
    emits: "keyword.other.emits",
    Bought: "entity.name.type",
    "==": "keyword.operator.comparison",
    ctx: "variable.language.ctx",
    guild_id: "variable.other.property",
    component: "storage.type.component",
    Notice: "entity.name.type.component",
  });
});

test("an enum has its base, values and numbers", () => {
  expect(scopes("enum Rank: u8 { recruit, captain = 5 }\n")).toEqual({
    enum: "storage.type.enum",
    Rank: "entity.name.type.enum",
    ":": "punctuation.separator.type",
    u8: "support.type.primitive",
    "{": "punctuation.definition.block.begin",
    recruit: "variable.other.enummember",
    ",": "punctuation.separator.comma",
    captain: "variable.other.enummember",
    "=": "keyword.operator.assignment",
    "5": "constant.numeric",
    "}": "punctuation.definition.block.end",
  });
});

test("keywords are names where names stand", () => {
  const source = "component Index {\n  system: i64\n  component: i32\n  uses: u8\n}\n";
  for (const word of ["system", "component:", "uses"]) expect(source).toContain(word);
  const fields = tokensOf(grammar, source).filter(({ scope }) => scope === "variable.other.property");
  expect(fields.map(({ text }) => text)).toEqual(["system", "component", "uses"]);
});

test("every word of the language has a colour of its own", () => {
  for (const word of declarationWords) {
    const name = word === "session" ? "" : " Name";
    const rest = word === "system" || word === "endpoint" ? "()" : word === "namespace" ? "" : " {";
    expect(scopes(`${word}${name}${rest}`)[word]).toMatch(/^(storage\.type|keyword\.other)\./);
  }
  for (const word of clauseWords) expect(scopes(`system a() ${word} B`)[word]).toBe(`keyword.other.${word}`);
  for (const type of BUILT_IN_TYPES) {
    expect(scopes(`struct A { a: ${type} }`)[type]).toBe("support.type.primitive");
  }
  for (const { name } of ATTRIBUTES) expect(scopes(`@${name}`)[name]).toBe("storage.modifier.annotation");
});

test("nothing of the examples is left without a scope, and none reaches over the end of its declaration", () => {
  const files = readdirSync(EXAMPLES, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".hetu"));
  const sources = files
    .map((path) => join(EXAMPLES, path))
    .flatMap((path) => {
      try {
        return [readFileSync(path, "utf8")];
      } catch {
        // A folder called .hetu.
        return [];
      }
    });
  expect(sources.length).toBeGreaterThan(3);
  for (const source of sources) {
    const lost = tokensOf(grammar, source).filter(({ scope }) => scope === "" || scope.startsWith("invalid"));
    expect(lost).toEqual([]);
    expect(grammar.tokenizeLine("component After {", endOf(source)).tokens[0]?.scopes.at(-1)).toBe(
      "storage.type.component.hetu",
    );
  }
});

/** The state of the grammar behind a text. */
function endOf(source: string): Parameters<IGrammar["tokenizeLine"]>[1] {
  let stack: Parameters<IGrammar["tokenizeLine"]>[1] = null;
  for (const line of source.split("\n")) stack = grammar.tokenizeLine(line, stack).ruleStack;
  return stack;
}
