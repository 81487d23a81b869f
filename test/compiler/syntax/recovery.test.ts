import { describe, expect, it } from "vitest";
import { HEADER, parseText, problems } from "./parsing.js";

/** A broken text behind a namespace, what is reported of it, and the declarations that are read all the same. */
type Case = readonly [what: string, body: string, expected: readonly string[], declarations: string];

const members: readonly Case[] = [
  ["a missing type", "struct S { a: }", ["HT1010 }"], "S(a)"],
  ["a missing type at the end of a line", "struct S {\n a:\n b: i32\n}", ["HT1010"], "S(a,b)"],
  ["a missing `:`", "struct S { a i32 b: i32 }", ["HT1010 i32"], "S(a,b)"],
  ["a name alone", "struct S {\n a\n b: i32\n}", ["HT1010"], "S(a,b)"],
  ["a missing default", "struct S {\n a: i32 =\n b: i32\n}", ["HT1010"], "S(a,b)"],
  ["`=` before a type", "struct S { a = i32, b = Price }", ["HT1010 =", "HT1010 ="], "S(a,b)"],
  ["types before names", "struct S {\n i32 a\n string b\n}", ["HT1013 i32", "HT1013 string"], "S(a,b)"],
  [
    "words before fields and types",
    "struct S { required a: i32 b: optional i32 }",
    ["HT1013 required", "HT1013 optional"],
    "S(a,b)",
  ],
  ["a list as a default", "struct S { a: i32 = [] b: i32 }", ["HT1010 ["], "S(a,b)"],
  ["braces as a default", "struct S { a: i32 = { x: 1 } b: i32 }", ["HT1010 {"], "S(a,b)"],
  ["an optional type", "struct S { a: i32? b: i32 }", ["HT1022 ?"], "S(a,b)"],
  ["a size that is missing", "struct S { a: string() b: i32 }", ["HT1010 )"], "S(a,b)"],
  ["a size that is no number", "struct S { a: string(big) b: i32 }", ["HT1010 big"], "S(a,b)"],
  ["two sizes", "struct S { a: string(1, 2) b: i32 }", ["HT1010 ,"], "S(a,b)"],
  ["a size that is not closed", "struct S { a: string(32\n b: i32 }", ["HT1012"], "S(a,b)"],
  ["an array with a length", "struct S { a: i32[5] b: i32 }", ["HT1010 5"], "S(a,b)"],
  ["an array that is not closed", "struct S { a: i32[ b: i32 }", ["HT1010 b"], "S(a,b)"],
  ["an array of nine dimensions", `struct S { a: i32${"[]".repeat(9)} }`, ["HT1024 i32"], "S(a)"],
  ["text that belongs to nothing", "struct S { a: i32 == 5 ?\n b: i32 }", ["HT1013 =="], "S(a,b)"],
  ["braces within braces", "struct S { a: i32 { x: i32 } b: i32 }", ["HT1013 {"], "S(a,b)"],
  ["an enum value with `:`", "enum E { a: 5 b }", ["HT1010 :"], "E(a,b)"],
  ["an enum value that is a string", 'enum E { a = "x" b }', ['HT1013 "x"'], "E(a,b)"],
  ["an enum value that is missing", "enum E { a =, b }", ["HT1010 ,"], "E(a,b)"],
  ["an enum without `:` before its base", "enum E u8 { a b }", ["HT1010 u8"], "E(a,b)"],
  ["an enum without its base", "enum E: { a b }", ["HT1010 {"], "E(a,b)"],
];

const attributes: readonly Case[] = [
  ["an attribute without a name", "struct S {\n a: i32 @\n b: i32\n}", ["HT1010"], "S(a,b)"],
  ["`@` above a declaration", "@\ncomponent C { a: i32 }", ["HT1010"], "C(a)"],
  ["`@` above a half-typed declaration", "@\nsystem s\nsystem t()", ["HT1010", "HT1010"], "s() t()"],
  ["`@` above the docs of a declaration", "@\n/// d\nsession { a: i32 }", ["HT1010"], "session(a)"],
  ["`@` between attributes", "@x\n@\n@y\nsystem s()", ["HT1010"], "s()"],
  [
    "`@` before a column with the name of a keyword",
    "component C {\n b: i32 @\n system: i32\n}",
    ["HT1010"],
    "C(b,system)",
  ],
  ["`@` at the end of a component", "component C {\n a: i32\n @\n}\nsystem s()", ["HT1017 @"], "C(a) s()"],
  ["arguments that are not closed", "struct S {\n a: i32 @range(0, 1\n b: i32\n}", ["HT1012"], "S(a,b)"],
  ["arguments that are not closed before a declaration", "@limit(times: 1\nsystem s()", ["HT1012"], "s()"],
  ["a named argument without a value", "@limit(times:, per: 1s)\nsystem s()", ["HT1010 ,"], "s()"],
  ["a named argument with `=`", "@limit(times = 20)\nsystem s()", ["HT1013 ="], "s()"],
  ["text among arguments", "@range(0 .. 1)\nstruct S { a: i32 }", ["HT1013 ."], "S(a)"],
  ["a rule with `=`", "@rls(a = ctx.a)\ncomponent C { a: i32 }", ["HT1023 a = ctx.a"], "C(a)"],
  ["a rule without `ctx.`", "@rls(a == caller)\ncomponent C { a: i32 }", ["HT1023 a == caller"], "C(a)"],
  ["a rule with a number", "@rls(a == 5)\ncomponent C { a: i32 }", ["HT1023 a == 5"], "C(a)"],
  ["a rule the wrong way round", "@rls(ctx.a == a)\ncomponent C { a: i32 }", ["HT1023 ctx.a == a"], "C(a)"],
];

const braces: readonly Case[] = [
  ["`}` missing before a struct", "struct S {\n a: i32\nstruct T { b: i32 }", ["HT1011 struct"], "S(a) T(b)"],
  ["`}` missing before a system", "enum E {\n a\nsystem s(b: i32)", ["HT1011 system"], "E(a) s(b)"],
  ["`}` missing before an enum with a base", "enum E {\n a\nenum F: u8 { b }", ["HT1011 enum"], "E(a) F(b)"],
  ["`}` missing before a session", "struct S {\n a: i32\nsession { b: i32 }", ["HT1011 session"], "S(a) session(b)"],
  ["`}` missing before attributes", "struct S {\n a: i32\n@x(1) @y\nevent T { b: i32 }", ["HT1011 event"], "S(a) T(b)"],
  ["`}` missing at the end of the file", "struct S {\n a: i32\n", ["HT1011"], "S(a)"],
  [
    "`}` missing twice",
    "struct S {\nstruct T {\nstruct U { a: i32 }",
    ["HT1011 struct", "HT1011 struct"],
    "S() T() U(a)",
  ],
  ["`}` too many", "struct S { a: i32 } }\nstruct T { b: i32 }", ["HT1013 }"], "S(a) T(b)"],
  ["`}` too early", "struct S { a: i32 }\n b: i32 @x\n index: i32\n}\nstruct T { c: i32 }", ["HT1013 b"], "S(a) T(c)"],
  ["`{` missing before a field", "struct S\n a: i32\n}\nstruct T { b: i32 }", ["HT1010"], "S(a) T(b)"],
  ["a body missing", "component C\ncomponent D { a: i32 }", ["HT1010"], "C() D(a)"],
];

const heads: readonly Case[] = [
  ["a misspelt keyword", "compnent C { a: i32 }", ["HT1014 compnent"], "C(a)"],
  ["a misspelt keyword behind attributes", "/// d\n@x\nsytem s()", ["HT1014 sytem"], "s()"],
  ["an unknown keyword", "widget C { a: i32 }\nstruct S { b: i32 }", ["HT1014 widget"], "S(b)"],
  ["two unknown keywords", "widget C { a: i32 }\ngadget D { a: i32 }", ["HT1014 widget", "HT1014 gadget"], ""],
  ["the keyword of another language", "class C { a: i32 }\nstruct S { b: i32 }", ["HT1014 class"], "C(a) S(b)"],
  ["an import", 'import "a.hetu"\nstruct S { b: i32 }', ["HT1013 import"], "S(b)"],
  ["a component without a name", "component { a: i32 }\nstruct S { b: i32 }", ["HT1010 {"], "S(b)"],
  ["a string as a name", 'component "C" { a: i32 }\nstruct S { b: i32 }', ['HT1010 "C"'], "S(b)"],
  ["a number as a name", "component 5C { a: i32 }\nstruct S { b: i32 }", ["HT1003 5C"], "S(b)"],
  ["text between declarations", "struct S { a: i32 }\n??? [x]\nstruct T { b: i32 }", ["HT1013 ?"], "S(a) T(b)"],
];

const callables: readonly Case[] = [
  ["parentheses missing", "system s uses A\nsystem t()", ["HT1010 uses"], "s() t()"],
  ["two names", "system s t(a: i32)", ["HT1010 t"], "s(a)"],
  ["`)` missing before a clause", "system s(a: i32\n uses A\nsystem t()", ["HT1012"], "s(a) t()"],
  ["`)` missing before a system", "system s(a: i32\nsystem t(b: i32)", ["HT1012"], "s(a) t(b)"],
  ["a parameter that is a number", "system s(5, a: i32)", ["HT1013 5"], "s(a)"],
  ["a result without a type", "system s(): uses A", ["HT1010 uses"], "s()"],
  ["a result with an arrow", "system s() -> i32 uses A", ["HT1008 ->"], "s()"],
  ["a clause of another language", "system s() throws A", ["HT1013 throws"], "s()"],
  ["`)` missing before a clause on its line", "system s(a: i32 uses A", ["HT1012 uses"], "s(a)"],
  ["a result behind a clause", "system s() uses A: i32", ["HT1021 :"], "s()"],
  ["a clause twice", "system s() uses A calls b uses C", ["HT1020 uses"], "s()"],
  ["a clause three times", "system s() uses A uses B uses C", ["HT1020 uses", "HT1020 uses"], "s()"],
  ["an empty clause", "system s() uses\nsystem t()", ["HT1010"], "s() t()"],
  ["a copy without its name", "system s() calls t:\nsystem u()", ["HT1010"], "s() u()"],
  ["a misspelt clause", "system s() rejcts A usse B\n emts C", ["HT1013 rejcts", "HT1013 usse", "HT1013 emts"], "s()"],
  ["a body", "system s() {\n let x = 5; if (x) { y }\n}\nsystem t()", ["HT1013 {"], "s() t()"],
];

function outline(text: string): string {
  return parseText(HEADER + text)
    .tree.declarations.map((node) => {
      const name = "name" in node ? node.name.text : "session";
      const parts = "fields" in node ? node.fields : "params" in node ? node.params : node.values;
      return `${name}(${parts.map((part) => part.name.text).join(",")})`;
    })
    .join(" ");
}

describe.each([
  ["members", members],
  ["attributes", attributes],
  ["braces", braces],
  ["the heads of declarations", heads],
  ["systems and endpoints", callables],
])("recovery in %s", (_where, cases) => {
  it.each(cases)("reports %s once and reads what is around it", (_what, body, expected, declarations) => {
    expect(problems(body)).toEqual(expected);
    expect(outline(body)).toBe(declarations);
  });
});

describe("recovery", () => {
  it("finds each mistake in a file full of them, and nothing else", () => {
    const body = [
      "enum Team: u8 { red: 1, blue }",
      "struct A { a: i32?, b: string( }",
      "component B {",
      "  owner i64 @unique",
      "  zone: u16 = 1_0",
      "  x: f32",
      "  @index",
      "  y: f32",
      "",
      "sytem login(token: string(512)) uses B",
      "system move(x: f32 y: f32) uses B,",
      "@once",
      'event Shout { text: string(1) @deprecated("no }',
    ].join("\n");
    expect(problems(body)).toEqual([
      "HT1010 :",
      "HT1022 ?",
      "HT1010 }",
      "HT1010 i64",
      "HT1003 1_0",
      "HT1017 @index",
      "HT1011 sytem",
      "HT1014 sytem",
      "HT1015 y",
      "HT1016 ,",
      'HT1004 "no }',
    ]);
  });

  it("leaves out nothing that was read: a repeated clause keeps its names", () => {
    const [system] = parseText(`${HEADER}system s() uses A uses B, C`).tree.declarations;
    expect(system?.kind === "SystemDeclaration" && system.uses?.items.map(({ name }) => name.text)).toEqual([
      "A",
      "B",
      "C",
    ]);
  });

  it("notes the source that no node stands for", () => {
    const text = `${HEADER}widget Hidden { a: i32 }\nstruct S { a: i32 }`;
    const { skipped } = parseText(text).tree;
    expect(skipped.map(({ start, end }) => text.slice(start, end))).toEqual(["widget Hidden { a: i32 }"]);
  });

  it("offers to put right what it understood", () => {
    const text = `${HEADER}strukt S { a: i32? }\n@rls(a = ctx.a)\ncomponent C { a: i32 }\nsystem s() uses A B,`;
    const edits = parseText(text).diagnostics.flatMap(({ fix }) => fix?.edits ?? []);
    const fixed = [...edits]
      .sort((a, b) => b.span.start - a.span.start)
      .reduce((of, { span, text: by }) => of.slice(0, span.start) + by + of.slice(span.end), text);
    expect(parseText(fixed).diagnostics).toEqual([]);
  });
});
