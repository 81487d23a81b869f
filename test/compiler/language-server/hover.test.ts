import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Hover, MarkupContent } from "vscode-languageserver-types";
import { ATTRIBUTES } from "../../../compiler/check/attributes/table.js";
import { BUILT_IN_TYPES, INTEGER_BOUNDS } from "../../../compiler/check/types.js";
import { SCALAR_TYPES } from "../../../compiler/emit/client-csharp/scalars.js";
import { scalarTypes } from "../../../compiler/emit/scalar-types.js";
import { ATTRIBUTE_TEXTS, CHOICE_TEXTS } from "../../../compiler/language-server/features/hover/attribute-texts.js";
import { KEYWORD_TEXTS } from "../../../compiler/language-server/features/hover/keyword-texts.js";
import { TYPE_TEXTS } from "../../../compiler/language-server/features/hover/type-texts.js";
import { checkSources } from "../../../compiler/pipeline.js";
import { clauseWords, declarationWords } from "../../../compiler/syntax/tokens.js";
import { Editor } from "./editor.js";

const GAME = "schema/game.hetu";

const TEXT = `namespace game

/// Two sides.
enum Team: u8 { red, dark_blue = 5 }

session { guild: i64 }

/// Where a player stands.
@permission(everybody)
@index(zone, x)
component Position {
  owner: i64 @unique
  zone: u16 = 0
  /// From west to east.
  x: f32 = 0 @index @range(-10, 10)
  team: Team = red
  note: string(20) = "a  b" @permission(admin) @was(remark)
}

@rls(guild == ctx.guild)
@volatile @backend(fast)
component Notice { guild: i64 @index, owner: i64 }

@permission(owner)
component Bag { owner: i64 @index, at: timestamp = now }

component Secret { text: string(8) }

error Closed { why: string(9) }
error Full {}
event Moved { who: i64 }
struct Path { points: Team[], note?: string(4) }

/// Moves the caller.
@permission(user) @retry(20) @once @limit(times: 1, per: 1m) @timeout(5s)
system move_to(x: f32, y?: i64): Path uses Position calls pay, log:Audit rejects Closed emits Moved
system pay(amount: i32) uses Bag rejects Full
system log() uses Secret
@on(start) @retry(0)
system started() uses Secret
@permission(everybody) @stale(10s)
system read_all() uses Secret
endpoint shop() calls pay
`;

let editor: Editor;
beforeAll(async () => {
  editor = await Editor.open({ [GAME]: TEXT });
});
afterAll(() => editor.close());

async function hoverAt(source: string): Promise<{ text: string; under: string } | null> {
  const file = await editor.type(GAME, source);
  const { textDocument, position } = file;
  const hover: Hover | null = await editor.connection.sendRequest("textDocument/hover", { textDocument, position });
  if (hover === null || !MarkupContent.is(hover.contents) || hover.range === undefined) return null;
  const line = file.text.split(/\r?\n/)[hover.range.start.line] ?? "";
  return { text: hover.contents.value, under: line.slice(hover.range.start.character, hover.range.end.character) };
}

/** The hover where `words` stand first, at the place of `<|>` in them. */
async function over(words: string): Promise<{ text: string; under: string }> {
  const plain = words.replace("<|>", "");
  const found = await hoverAt(TEXT.replace(plain, () => words));
  if (found === null) throw new Error(`no hover at ${words}`);
  return found;
}

describe("a component", () => {
  test("is shown as it is written, with its comment", async () => {
    const { text, under } = await over("component Pos<|>ition");
    expect(under).toBe("Position");
    expect(text).toContain("```hetu\n@permission(everybody)\n@index(zone, x)\ncomponent Position {\n");
    expect(text).toContain("  zone:  u16 = 0\n  x:     f32 = 0");
    expect(text).not.toContain("/// From west");
    expect(text).toContain("\n\nWhere a player stands.\n\n");
  });

  test("tells who reads it, where it is kept, what is with it and who uses it", async () => {
    const { text } = await over("component Pos<|>ition");
    expect(text).toContain("- Everybody sees its rows, also before logging in.");
    expect(text).toContain("- Kept in the default store, for good.");
    expect(text).toContain("- In cluster 0, with `Bag`, `Secret:Audit`; systems: `move_to`, `pay`.");
    expect(text).toContain("- Used by `move_to`.");
    expect(text).toContain("- Indexed by `id`, `owner` (unique), `x`, `zone, x`.");
    expect(text).toContain("- A row takes at most 103 bytes, its `id` among them.");
  });

  test("tells permissions and rules in words", async () => {
    expect((await over("component B<|>ag")).text).toContain(
      "Logged-in users see the rows whose `owner` they are; admins see all rows.",
    );
    const notice = (await over("component N<|>otice")).text;
    expect(notice).toContain("Logged-in users see the rows where `guild` is `guild` of their session; admins see all");
    expect(notice).toContain("Kept in the store `fast`, until the server instance starts fresh or migrates.");
    expect(notice).toContain("No system uses it.");
    const secret = (await over("component Se<|>cret")).text;
    expect(secret).toContain("Only admins see its rows.");
    expect(secret).toContain("Separate tables: `Secret:Audit`.");
  });

  test("is explained where it is named, too, and without its cluster while there are errors", async () => {
    expect((await over("uses Ba<|>g")).text).toContain("component Bag");
    const broken = await hoverAt(TEXT.replace("component Bag", "component B<|>ag").replace("i32)", "i33)"));
    expect(broken?.text).toContain("Used by `pay`.");
    expect(broken?.text).not.toContain("cluster");
  });

  test("with many columns is cut", async () => {
    const columns = Array.from({ length: 60 }, (_, index) => `  c${index}: i32`).join("\n");
    const systems = Array.from({ length: 20 }, (_, index) => `system s${index}() uses Big`).join("\n");
    const found = await hoverAt(`namespace game\ncomponent B<|>ig {\n${columns}\n}\n${systems}\n`);
    expect(found?.text).toMatch(/\n {2}\/\/ and 39 more\n}\n/);
    expect(found?.text).toMatch(/Used by `s0`, .*`s7` and 12 more\./);
  });
});

describe("a field", () => {
  test("of a component tells how it is stored, its bounds, its default, who sees it and what code calls it", async () => {
    const { text, under } = await over("  x<|>: f32");
    expect(under).toBe("x");
    expect(text).toContain("```hetu\nx: f32 = 0 @index @range(-10, 10)\n```\n\nColumn of component `Position`");
    for (const fact of [
      "From west to east.",
      "- `f32`, stored as IEEE 754, single precision, 4 bytes.",
      "- From -10 to 10, checked on every write.",
      "- Default: `0`.",
      "- Indexed.",
      "- All who see the row get it.",
      "- TypeScript `x: number` · C# `float X`",
    ]) {
      expect(text).toContain(fact);
    }
  });

  test("that others may not see says so", async () => {
    const { text } = await over("  no<|>te: string(20)");
    expect(text).toContain('note: string(20) = "a  b" @permission(admin) @was(remark)');
    expect(text).toContain("Only admins get it.");
    expect(text).toContain("UTF-8, at most 20 code points and 80 bytes");
    expect(text).toContain("Was called `remark` before.");
  });

  test("of an enum, a parameter, a field of a struct and of the session are told as code has them", async () => {
    expect((await over("  te<|>am: Team")).text).toContain("`Team`, stored as its number as `u8`");
    expect((await over("y<|>?: i64")).text).toContain("TypeScript `y?: bigint` · C# `long? y`");
    expect((await over("poi<|>nts: Team[]")).text).toContain(
      "TypeScript `points: Team[]` · C# `IReadOnlyList<Team> Points`",
    );
    expect((await over("wh<|>y: string(9)")).text).toContain("Field of error `Closed`");
    const session = (await over("session { gu<|>ild")).text;
    expect(session).toContain("TypeScript `guild: bigint`");
    expect(session).not.toContain("C#");
  });

  test("is explained where an index, a rule or a default names it", async () => {
    expect((await over("@index(zo<|>ne")).text).toContain("Column of component `Position`");
    expect((await over("guild == ctx.gu<|>ild")).text).toContain("Field of `session`");
    expect((await over("Team = re<|>d")).text).toContain("Value 0 of enum `Team`");
  });
});

describe("a system", () => {
  test("tells who may call it, on what conditions, what it touches and how it may end", async () => {
    const { text } = await over("system move_<|>to");
    expect(text).toContain("system move_to(x: f32, y?: i64): Path");
    for (const fact of [
      "Moves the caller.",
      "- Logged-in users may call it.",
      "- At most 1 call in 1m for each connection.",
      "- Ended and undone after 5s.",
      "- A call that is sent again has no second effect.",
      "- After a conflict it is run again, up to 20 times.",
      "- Touches `Position`.",
      "- Through the systems that it calls: `Bag`.",
      "- On separate tables: `Secret:Audit`.",
      "- May reject with `Closed`, `Full`.",
      "- May send `Moved`.",
      "- In cluster 0, with the tables `Position`, `Bag`, `Secret:Audit`.",
      "- TypeScript `moveTo` · C# `MoveToAsync`",
    ]) {
      expect(text).toContain(fact);
    }
  });

  test("that no client may call, that the engine runs, or that only reads says so", async () => {
    const pay = (await over("system pa<|>y")).text;
    expect(pay).toContain("Internal: no client may call it.");
    expect(pay).toContain("Called by `move_to`, `shop`.");
    expect(pay).not.toContain("TypeScript");
    const started = (await over("system star<|>ted")).text;
    expect(started).toContain("The engine runs it on `start`.");
    expect(started).toContain("Runs once, also after a conflict.");
    const stale = (await over("system read_<|>all")).text;
    expect(stale).toContain("Only reads, from a state that is at most 10s old");
    expect(stale).not.toContain("conflict it is run again");
    expect((await over("endpoint sh<|>op")).text).toContain("each system that it runs commits by itself");
  });

  test("in a cycle of calls is explained all the same", async () => {
    const found = await hoverAt(
      "namespace game\ncomponent A { x: i32 }\nsystem a<|>() uses A calls b\nsystem b() calls a:C rejects Gone\n",
    );
    expect(found?.text).toContain("May reject with `Gone`.");
  });
});

test("enums, structs, errors, events, sessions, namespaces and copies are explained", async () => {
  const team = (await over("enum Te<|>am")).text;
  expect(team).toContain("Two sides.");
  expect(team).toContain("Stored as `u8`.");
  expect(team).toContain("Values: `red = 0`, `dark_blue = 5`.");
  expect((await over("dark_blu<|>e = 5")).text).toContain("Value 5 of enum `Team`");
  expect((await over("dark_blu<|>e = 5")).text).toContain('TypeScript `"darkBlue"` · C# `Team.DarkBlue`');
  expect((await over("struct Pa<|>th")).text).toContain("struct Path { points: Team[], note?: string(4) }");
  const closed = (await over("error Clo<|>sed")).text;
  expect(closed).toContain("Rejected with by `move_to`.");
  expect(closed).toContain("C# `ClosedException`");
  expect((await over("event Mo<|>ved")).text).toContain("Sent by `move_to`.");
  expect((await over("sess<|>ion {")).text).toContain("What the server keeps for each connection");
  expect((await over("namespace ga<|>me")).text).toContain("declarations in `schema/game.hetu`");
  expect((await over("log:Au<|>dit")).text).toContain("`<Component>:Audit`");
});

test("keywords, attributes, their choices, built-in types and named values are explained", async () => {
  for (const [words, under, part] of [
    ["<|>namespace game", "namespace", "at the top of a file"],
    ["compo<|>nent Position", "component", "A table"],
    ["us<|>es Position", "uses", "The components that the system touches"],
    ["@ind<|>ex(zone", "@index", "several columns"],
    ["x: f32 = 0 @ind<|>ex", "@index", "An index on this column"],
    ["@<|>permission(everybody)", "@permission", "Who may subscribe"],
    ["@permission(us<|>er)", "user", "logged in"],
    ["zone: u1<|>6", "u16", "0 to 65,535"],
    ["Team: u<|>8", "u8", "0 to 255"],
    ["text: str<|>ing(8)", "string", "1 to 65,535"],
    ["= n<|>ow", "now", "start of the transaction"],
    ["== ct<|>x", "ctx", "`ctx.caller`"],
    ["y?: i<|>64", "i64", "bigint"],
  ] as const) {
    const found = await over(words);
    expect(found.under).toBe(under);
    expect(found.text).toContain(part);
  }
});

test("nothing is said in comments, strings, of numbers, of what is unknown and of empty places", async () => {
  for (const text of [
    "namespace game\n// component Po<|>sition\n",
    "namespace game\n<|>\ncomponent A { x: i32 }\n",
    'namespace game\ncomponent A { x: string(9) = "compo<|>nent" }\n',
    "namespace game\ncomponent A { x: i32 = 1<|>2 }\n",
    "namespace game\ncomponent A { x: No<|>where }\n",
    "namespace game\n@nowhe<|>re\ncomponent A { x: i32 }\n",
    "<|>",
  ]) {
    expect(await hoverAt(text), text).toBeNull();
  }
});

test("places are right behind line breaks of Windows and characters of other planes", async () => {
  const found = await hoverAt('namespace game\r\n/* 😀 */ component A { a: string(9) = "😀" b: u1<|>6 }\r\n');
  expect(found).toMatchObject({ under: "u16" });
});

test("an editor that shows no Markdown is sent plain text", async () => {
  const plain = await Editor.open({ [GAME]: TEXT }, { textDocument: { hover: { contentFormat: ["plaintext"] } } });
  try {
    const { textDocument } = plain.file(GAME);
    const hover: Hover | null = await plain.connection.sendRequest("textDocument/hover", {
      textDocument,
      position: { line: 0, character: 2 },
    });
    expect(hover?.contents).toMatchObject({ kind: "plaintext" });
  } finally {
    await plain.close();
  }
});

describe("texts", () => {
  test("every attribute of the table has one, and no other", () => {
    expect(Object.keys(ATTRIBUTE_TEXTS).sort()).toEqual(ATTRIBUTES.map(({ form }) => form).sort());
  });

  test("every choice of an attribute has one, and no other", () => {
    const choices = ATTRIBUTES.flatMap(({ parameters }) =>
      parameters.flatMap(({ kind }) => (kind.kind === "choice" ? kind.values : [])),
    );
    expect(Object.keys(CHOICE_TEXTS).sort()).toEqual([...new Set(choices)].sort());
  });

  test("the examples of attributes have no syntax errors and use the attribute where it belongs", () => {
    for (const [form, { example }] of Object.entries(ATTRIBUTE_TEXTS)) {
      expect(example, form).toContain(/^@\w+/.exec(form)?.[0]);
      const isMember = !/\n/.test(example);
      const source = isMember
        ? `component Example { owner: i64 @index\n ${example.replace(/^owner: i64/, "own: i64")} }`
        : example;
      const named = ["Position", "Inventory", "OnlineUser", "Score", "Audit"];
      const others = named.filter((name) => !source.includes(`component ${name}`));
      const declared = others.map((name) => `component ${name} { x: i32 }`).join("\n");
      const text = `namespace example\nsession { guild: i64 }\n${declared}\n${source}\n`;
      const faults = checkSources([{ path: "a.hetu", text }]).filter(({ severity }) => severity === "error");
      expect(faults, form).toEqual([]);
    }
  });

  test("every keyword and every built-in type has one, and generated code has the types that they say", () => {
    expect(Object.keys(KEYWORD_TEXTS)).toEqual(expect.arrayContaining([...declarationWords, ...clauseWords]));
    expect(Object.keys(TYPE_TEXTS).sort()).toEqual([...BUILT_IN_TYPES].sort());
    for (const [name, type] of Object.entries(scalarTypes)) expect(TYPE_TEXTS[name]?.typescript, name).toBe(type);
    for (const [name, type] of Object.entries(SCALAR_TYPES)) expect(TYPE_TEXTS[name]?.csharp, name).toBe(type);
    for (const [name, { bytes }] of INTEGER_BOUNDS) expect(TYPE_TEXTS[name]?.bytes, name).toBe(bytes);
  });
});
