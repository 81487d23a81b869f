import { expect, test } from "vitest";
import { Workspace } from "../../../../compiler/language-server/project/workspace.js";
import { sameSymbol } from "../../../../compiler/language-server/project/symbols/symbol.js";
import { spanText } from "../../../../compiler/source/span.js";
import { marked } from "../marked.js";

/** The places that name the same as the cursor: each `<[name]>` of the files, in order. */
function expectOccurrences(files: Readonly<Record<string, string>>): void {
  const workspace = new Workspace();
  const wanted: string[] = [];
  let cursor: { path: string; offset: number } | undefined;
  for (const [path, source] of Object.entries(files)) {
    const { text, ranges, cursors } = marked(source);
    workspace.set(path, text);
    wanted.push(...ranges.map(({ start, end }) => `${path}:${start}-${end}`));
    const [offset] = cursors;
    if (offset !== undefined) cursor = { path, offset };
  }
  const { symbols } = workspace.snapshot();
  const at = symbols.at(cursor?.path ?? "", cursor?.offset ?? 0);
  if (at === undefined) throw new Error("nothing is named at the cursor");
  const found = symbols.occurrences(at.symbol);
  const places = found.map(({ span }) => `${span.file.path}:${span.start}-${span.end}`);
  expect([...places].sort()).toEqual([...wanted].sort());
  expect(new Set(found.map(({ span }) => spanText(span))).size).toBe(1);
  for (const { symbol } of found) expect(sameSymbol(symbol, at.symbol)).toBe(true);
  const firstReference = found.findIndex(({ role }) => role === "reference");
  if (firstReference >= 0) expect(found.slice(firstReference).every(({ role }) => role === "reference")).toBe(true);
}

test("a component is named by its declaration and in uses clauses, over all files of its namespace", () => {
  expectOccurrences({
    "a.hetu": "namespace game\ncomponent <[Pos<|>ition]> { x: f32 }\nsystem move() uses <[Position]>, Other",
    "b.hetu": "namespace game\ncomponent Other { position: i32 }\nsystem stop() uses Other, game.<[Position]>",
    "c.hetu": "namespace town\ncomponent Position { x: f32 }\nsystem stop() uses Position",
  });
});

test("an enum is named in types of fields, parameters and results, through lists and namespaces", () => {
  expectOccurrences({
    "a.hetu":
      "namespace game\nenum <[Team]> { red }\nstruct Side { of: <[Team]>[][] }\nsystem a(to: <[Team]>): <[Team]>?",
    "b.hetu": "namespace town\nevent Shout { from: game.<[Te<|>am]>[] }\nenum Team { red }\nevent Other { from: Team }",
  });
});

test("a value of an enum is named by defaults of its type alone", () => {
  expectOccurrences({
    "a.hetu":
      "namespace game\nenum Team { <[red]>, blue }\nenum Light { red }\n" +
      "component P { a: Team = <[re<|>d]>, b: Light = red, red: i32 = 0 }",
    "b.hetu": "namespace town\ncomponent P { a: game.Team = <[red]> }",
  });
});

test("a column is named by composite indexes and row-level security of its own component", () => {
  expectOccurrences({
    "a.hetu":
      "namespace game\nsession { guild: i64 }\n@index(<[guild]>, x) @unique(x, <[guild]>) @rls(<[guild]> == ctx.guild)\n" +
      "component A { <[gu<|>ild]>: i64, x: i32 @was(guild) }\n@index(guild, y)\ncomponent B { guild: i64, y: i32 }",
  });
});

test("a session field is named behind ctx, in its own namespace", () => {
  expectOccurrences({
    "a.hetu": "namespace game\n@rls(guild == ctx.<[gui<|>ld]>)\ncomponent A { guild: i64 }",
    "b.hetu": "namespace game\nsession { <[guild]>: i64 }",
    "c.hetu": "namespace town\nsession { guild: i64 }\n@rls(guild == ctx.guild)\ncomponent A { guild: i64 }",
  });
});

test("a system is named in calls clauses, its copies by their suffix", () => {
  expectOccurrences({
    "a.hetu":
      "namespace game\nsystem <[pay]>() \nsystem buy() calls <[p<|>ay]>:Shop, <[pay]>, refund:Shop\ncomponent pay {}",
  });
  expectOccurrences({
    "a.hetu": "namespace game\nsystem pay()\nsystem buy() calls pay:<[Sh<|>op]>, refund:<[Shop]>\ncomponent Shop {}",
    "b.hetu": "namespace town\nsystem buy() calls pay:Shop",
  });
});

test("errors and events are named in rejects and emits", () => {
  expectOccurrences({
    "a.hetu": "namespace game\nerror <[No]> {}\nsystem a() rejects <[N<|>o]> emits Yes\nevent Yes {}",
  });
  expectOccurrences({
    "a.hetu": "namespace game\nerror No {}\nsystem a() rejects No emits <[Y<|>es]>\nevent <[Yes]> {}",
  });
});

test("a namespace is named by every file that states it and by prefixes", () => {
  expectOccurrences({
    "a.hetu": "namespace <[ga<|>me]>\nenum Team { red }",
    "b.hetu": "namespace <[game]>\nstruct game { a: <[game]>.Team, game: <[game]>.Nothing }",
    "c.hetu": "namespace town\nevent E { a: <[game]>.Team }\nsystem s() uses <[game]>.P",
  });
});

test("the session is named by its keyword, a parameter by its system", () => {
  expectOccurrences({ "a.hetu": "namespace game\n<[sess<|>ion]> { a: i64 }" });
  expectOccurrences({ "a.hetu": "namespace game\nsystem a(<[x<|>]>: i32)\nsystem b(x: i32)" });
});

test("what is declared again is an occurrence of the first; its members are its own", () => {
  expectOccurrences({
    "a.hetu": "namespace game\nstruct <[A]> { x: i32 }\nevent E { a: <[A]> }",
    "b.hetu": "namespace game\nstruct <[A<|>]> { x: i32 }",
  });
  expectOccurrences({ "a.hetu": "namespace game\nstruct A { <[x]>: i32, <[x<|>]>: i64 }\nstruct A { x: i32 }" });
});

test("the offset behind a name still means it; between names there is nothing", () => {
  const workspace = new Workspace();
  const { text, cursors } = marked("namespace game\nsystem a() <|>uses B<|>\ncomponent B {}");
  workspace.set("a.hetu", text);
  const { symbols } = workspace.snapshot();
  expect(symbols.at("a.hetu", cursors[0] ?? 0)).toBeUndefined();
  expect(symbols.at("a.hetu", cursors[1] ?? 0)?.symbol).toMatchObject({ kind: "declaration", namespace: "game" });
  expect(symbols.at("other.hetu", 3)).toBeUndefined();
  expect(symbols.inFile("other.hetu")).toEqual([]);
});
