import { expect, it } from "vitest";
import { check } from "../../../compiler/check/check.js";
import { CheckContext } from "../../../compiler/check/context.js";
import { INDIFFERENT_RULES } from "../../../compiler/check/indifferent-rules.js";
import { nameOf } from "../../../compiler/check/replaced.js";
import { RULES_OF_THE_WHOLE } from "../../../compiler/check/rules/index.js";
import { SettledDeclarations } from "../../../compiler/check/settled.js";
import { SourceFile } from "../../../compiler/source/source-file.js";
import { spanText } from "../../../compiler/source/span.js";
import { parse, reparse } from "../../../compiler/syntax/parse.js";

// The parser reads what stands before an edit again, too: gaps keep that from being told here.
const SCHEMA = `namespace game
@deprecated("unused") event Gap1 {}
struct Price { gold: i32 }
@deprecated("unused") event Gap2 {}
component Item { owner: i64 @unique }
@deprecated("unused") event Gap3 {}
@permission(user) system buy(price: Price) uses Item
@deprecated("unused") event Gap4 {}
@permission(user) system sell(price: Price) uses Item calls buy
@deprecated("unused") event Gap5 {}
@deprecated("unused") event Gap6 {}
`;

/** What must be looked at again after an edit: declarations by name, and rules of those that can be left out. */
function lookedAt(before: string, now: string): { declarations: readonly string[]; rules: readonly string[] } {
  const settled = new SettledDeclarations();
  const parsed = parse(new SourceFile("game.hetu", before));
  check([parsed.tree], parsed.diagnostics, settled);
  const { tree, diagnostics } = reparse(parsed, now);
  const names = settled.unsettled(new CheckContext([tree], diagnostics)).map(({ declaration }) => nameOf(declaration));
  return {
    declarations: names.filter((name) => !name.startsWith("Gap")),
    rules: [...INDIFFERENT_RULES.keys()].filter((rule) => !settled.isQuiet(rule)).map(({ name }) => name),
  };
}

it("only rules of the whole are left out", () => {
  expect([...INDIFFERENT_RULES.keys()].filter((rule) => !RULES_OF_THE_WHOLE.has(rule))).toEqual([]);
});

it.each([
  ["a comment", "Gap6", "/* the last */ Gap6", [], []],
  ["a column", "owner: i64", "owner: i64 o: i32", ["Item", "buy", "sell"], []],
  [
    "a component's store",
    "component",
    "@backend(far) component",
    ["Item", "buy", "sell"],
    ["oneBackendPerCluster", "declarationsAreUsed"],
  ],
  ["a field of a struct", "gold:", "silver:", ["Price", "buy", "sell"], ["acyclicStructs"]],
  [
    "what a system uses",
    "uses Item calls",
    "calls",
    ["sell"],
    ["acyclicCalls", "boundedCopies", "glueComponents", "oneBackendPerCluster", "declarationsAreUsed"],
  ],
  ["the name of a struct", "Price {", "Cost {", ["Cost", "buy", "sell"], namesOfAll()],
  ["the number of declarations", "struct", "event Sold {} struct", ["Price", "Sold", "buy", "sell"], namesOfAll()],
  ["the namespace", "game\n", "town\n", ["Price", "Item", "buy", "sell"], namesOfAll()],
])("an edit of %s is looked at by those that can see it", (_, old, put, declarations, rules) => {
  const looked = lookedAt(SCHEMA, SCHEMA.replace(old, put));
  expect([...looked.declarations].sort()).toEqual([...declarations].sort());
  expect([...looked.rules].sort()).toEqual([...rules].sort());
});

it("a rule that has found something is applied again", () => {
  const before = SCHEMA.replace("struct Price { gold: i32 }", "struct Price { gold: Price }");
  expect(lookedAt(before, before.replace("owner:", "of:")).rules).toEqual(["acyclicStructs"]);
});

function namesOfAll(): readonly string[] {
  return [...INDIFFERENT_RULES.keys()].map(({ name }) => name);
}

it("a namespace without declarations counts: its name may meet the one of another", () => {
  const settled = new SettledDeclarations();
  const game = parse(new SourceFile("game.hetu", SCHEMA));
  check([game.tree], [], settled);
  const other = parse(new SourceFile("other.hetu", "namespace Game"));
  const { diagnostics } = check([game.tree, other.tree], [], settled);
  expect(diagnostics.map(({ code, span }) => `${code} ${spanText(span)}`)).toContain("HT2015 Game");
});
