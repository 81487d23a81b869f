import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileSources } from "../../compiler/pipeline.js";
import { spanText } from "../../compiler/source/span.js";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

const SCHEMAS = [
  "test/fixtures/world/schema/world.hetu",
  "schema-examples/walking/schema/walking.hetu",
  "schema-examples/chat/schema/chat.hetu",
  "schema-examples/kitchen-sink/schema/kitchen.hetu",
  "schema-examples/name-clash/schema/clash.hetu",
];

/** For each problem its code and the text under it. */
function problems(...texts: readonly string[]): readonly string[] {
  const { diagnostics } = compileSources(texts.map((text, index) => ({ path: `file${index}.hetu`, text })));
  return diagnostics.map(({ code, span }) => `${code} ${spanText(span)}`);
}

describe("compileSources", () => {
  it.each(SCHEMAS)("compiles %s without errors", (path) => {
    const { model, diagnostics } = compileSources([{ path, text: read(path) }]);
    expect(diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message)).toEqual([]);
    expect(model?.namespaces).toHaveLength(1);
  });

  it("gives the same model whatever the order of the sources", () => {
    const sources = SCHEMAS.map((path) => ({ path, text: read(path) }));
    const forwards = compileSources(sources);
    const backwards = compileSources([...sources].reverse());
    expect(forwards.model).toBeDefined();
    expect(JSON.stringify(backwards.model)).toBe(JSON.stringify(forwards.model));
  });

  it("gives no model when there is an error, and one when there are only warnings", () => {
    const one = (text: string) => compileSources([{ path: "a.hetu", text }]);
    expect(one("namespace shop\nstruct A { x: Nothing }").model).toBeUndefined();
    expect(one("namespace shop\nsystem a()").model).toBeDefined();
    expect(one("namespace shop\nstruct A { x: i32").model).toBeUndefined();
  });

  it("gives an empty model for no sources at all", () => {
    expect(compileSources([]).model?.namespaces).toEqual([]);
  });

  it("orders problems by path and place, whichever part has found them", () => {
    expect(
      problems("namespace shop\nstruct A { x: Q }\nstruct B { y: i32; }", "namespace shop\nstruct C { z: R }"),
    ).toEqual(["HT2009 Q", "HT1001 ;", "HT2009 R"]);
  });

  it("checks what is around a syntax error", () => {
    expect(problems("namespace shop\ncomponent A { x: }\nstruct B { y: Nothing }")).toEqual([
      expect.stringMatching(/^HT10/),
      "HT2009 Nothing",
    ]);
  });

  it("says ten things of ten mistakes", () => {
    const text = `namespace t
struct A { a: Int }
struct B { b: i3 }
structt C { c: i32 }
component D { d: string }
component E { e: i32 @indx }
system f() uses Missing
system g(a: i32 b: i32) uses E
event H { x: }
enum J: u8 { a = 300 }
@permision(user)
system k() uses E
`;
    expect(compileSources([{ path: "t.hetu", text }]).diagnostics.map(({ code }) => code)).toEqual(
      "HT2009 HT2009 HT1014 HT3001 HT4001 HT2011 HT1015 HT1010 HT3006 HT4001".split(" "),
    );
  });

  it("says one thing of one mistake in a declaration that others use", () => {
    const [first, ...others] = problems(
      "namespace shop\nenum Color { red, ! green }\ncomponent Paint { color: Color = green }\nsystem mix() uses Paint",
    );
    expect(first).toMatch(/^HT10/);
    expect(others).toEqual([]);
  });

  it.each([
    [
      "an import hides no wrong default",
      "import common;\nimport b;\nenum Color { common }\ncomponent A { c: Color = Color.common }\nsystem s() uses A",
      ["HT1013 import", "HT1001 ;", "HT1013 import", "HT1001 ;", "HT3017 Color.common"],
    ],
    [
      "a field without its type hides no unknown namespace before it",
      "component A {\n a: clans.Role\n b c: i32\n d: Nope\n}\nsystem s() uses A",
      ["HT2008 clans", "HT1010 c", "HT2009 Nope"],
    ],
    [
      "a `;` hides nothing",
      "struct S { a: Nope; b: clans.Role; }",
      ["HT2009 Nope", "HT1001 ;", "HT2008 clans", "HT1001 ;"],
    ],
    [
      "a misspelt clause is checked as the one that is meant",
      "component A { a: i32 }\n@permission(user)\nsystem s() usess A, Nope",
      ["HT1013 usess", "HT2011 Nope"],
    ],
    [
      "a clause that is not understood hides no name in the one before it",
      "component A { a: i32 }\nsystem s() uses A, Nope calls 5",
      ["HT2011 Nope", "HT1010 5"],
    ],
    [
      "a declaration that is none hides nothing in those beside it",
      "struct S { a: i32, a: i32 }\nwidget W { b: i32 }\nstrukt X { c: i32 }\n@limit(times: 1, per: 1s)\nendpoint s()",
      ["HT2003 a", "HT1014 widget", "HT1014 strukt", "HT5005 @limit(times: 1, per: 1s)"],
    ],
    [
      "what a declaration lacks, or has too much, hides nothing in the next one",
      "error E\nstruct S { a: i32, a: i32 }\nstruct T { b: i32 } }\nenum F {}\nstruct U { c: i32\n@permission(user) @limit(times: 1)\nendpoint s(s: S, f: F)",
      ["HT1010 ", "HT2003 a", "HT1013 }", "HT3005 F", "HT4004 @limit(times: 1)", "HT1011 endpoint"],
    ],
    [
      "fields behind the end of a body are still its",
      "@index(a, b) component A { a: i32 }\n b: i32\n}\n@permission(user) system s() uses A",
      ["HT1013 b"],
    ],
    [
      "a struct within a field may be what others name",
      "struct S { a: T { b: i32 } }\nstruct U { t: T }",
      ["HT1013 {"],
    ],
  ])("says in one run what is wrong beside a syntax error: %s", (_what, body, expected) => {
    expect(problems(`namespace shop\n${body}`)).toEqual(expected);
  });

  it("says nothing of names from a file whose namespace statement is missing", () => {
    const [first, ...others] = problems(
      "namespace a\nstruct A { b: B }",
      "namespace b\nstruct C { x: i32 }",
      "struct B { x: i32 }",
    );
    expect(first).toMatch(/^HT10/);
    expect(others).toEqual([]);
  });

  it("says nothing but what is wrong with the syntax when a piece of a schema is missing", () => {
    const text = read("test/fixtures/world/schema/world.hetu");
    const pieces = [...text.matchAll(/[A-Za-z_]\w*|\d+|[^\sA-Za-z0-9]/g)].filter((_, index) => index % 5 === 0);
    const echoes = pieces.flatMap(({ 0: piece, index }) => {
      const broken = text.slice(0, index) + " ".repeat(piece.length) + text.slice(index + piece.length);
      const { diagnostics } = compileSources([{ path: "world.hetu", text: broken }]);
      const isSyntax = ({ code }: { readonly code: string }): boolean => code.startsWith("HT1");
      const hasSyntaxError = diagnostics.some((each) => each.severity === "error" && isSyntax(each));
      if (!hasSyntaxError) return [];
      return diagnostics
        .filter((each) => each.severity === "error" && !isSyntax(each))
        .map(({ message }) => `without ${piece} at ${index}: ${message}`);
    });
    expect(echoes).toEqual([]);
  });

  it("reports an unknown type once for each place and nothing that follows from it", () => {
    expect(
      problems(
        "namespace shop\n@index(a, b)\n@rls(a == ctx.caller)\ncomponent A {\n  a: Nothing = 5 @index @range(0, 1)\n  b: i32\n}\n" +
          "system s(a: Nothing): Nothing uses A",
      ),
    ).toEqual(["HT2009 Nothing", "HT2009 Nothing", "HT2009 Nothing"]);
  });
});

describe("docs/language.md", () => {
  it("shows a schema that compiles without any diagnostic", () => {
    const [, text = ""] = /```hetu\n(.*?)```/s.exec(read("docs/language.md")) ?? [];
    const { model, diagnostics } = compileSources([{ path: "walking.hetu", text }]);
    expect(diagnostics.map(({ message }) => message)).toEqual([]);
    expect(model?.namespaces[0]?.name).toBe("walking");
  });
});

describe("the fix of a diagnostic", () => {
  it("puts a misspelt name right", () => {
    const text =
      "namespace shop\nenum Color { red, green }\nsession { guild: i64 }\n@rls(gild == ctx.giuld)\n" +
      "component Paint {\n  guild: i64 @indx\n  color: Colour = gren\n}\n@permission(users)\nsystem mix() uses Piant";
    let fixed = text;
    for (let left = 10; left > 0; left -= 1) {
      const { diagnostics } = compileSources([{ path: "a.hetu", text: fixed }]);
      const edit = diagnostics.find(({ fix }) => fix !== undefined)?.fix?.edits[0];
      if (edit === undefined) break;
      fixed = fixed.slice(0, edit.span.start) + edit.text + fixed.slice(edit.span.end);
    }
    expect(problems(fixed)).toEqual([]);
    expect(fixed).toContain("@rls(guild == ctx.guild)");
    expect(fixed).toContain("uses Paint");
  });
});

describe("compileSources on any text", () => {
  const wholes = SCHEMAS.map(read);
  const snippets = fc.constantFrom(
    ..."{ } ( ) [ ] @ , : . ? = == \" ' ; / // /* */ /// ! 0x 1e9 -1 5s 1.5 now id owner".split(" "),
    ..."@unique @index @index(a,b) @rls(owner==ctx.caller) @permission(owner) @once @on(start) @range(1,0)".split(" "),
    ..."component system endpoint struct enum event error session namespace uses calls rejects emits".split(" "),
    ..."i32 string string(0) bytes(4) Thing Nothing i32[] pay:Shop \n 价格 \u0000 \uD800".split(" "),
  );
  /** A schema with pieces cut out, doubled and put in. */
  const mutated = fc
    .record({
      text: fc.constantFrom(...wholes),
      edits: fc.array(
        fc.record({
          at: fc.double({ min: 0, max: 1, noNaN: true }),
          cut: fc.nat(40),
          put: snippets,
          again: fc.boolean(),
        }),
        { minLength: 1, maxLength: 12 },
      ),
    })
    .map(({ text, edits }) =>
      edits.reduce((now, { at, cut, put, again }) => {
        const start = Math.floor(at * now.length);
        const piece = now.slice(start, start + cut);
        return `${now.slice(0, start)} ${put} ${again ? piece + piece : ""}${now.slice(start + cut)}`;
      }, text),
    );

  const holds = (texts: readonly string[]): void => {
    const sources = texts.map((text, index) => ({ path: `file${index}.hetu`, text }));
    const { trees, model, diagnostics } = compileSources(sources);
    expect(trees).toHaveLength(texts.length);
    const hasErrors = diagnostics.some(({ severity }) => severity === "error");
    expect(model === undefined).toBe(hasErrors);
    for (const { message, span } of diagnostics) {
      expect(message).not.toMatch(/undefined|\[object/);
      expect(span.start).toBeGreaterThanOrEqual(0);
      expect(span.end).toBeGreaterThanOrEqual(span.start);
      expect(span.end).toBeLessThanOrEqual(span.file.text.length);
    }
  };

  it("never throws, and gives a model exactly when there are no errors, for mutated schemas", () => {
    fc.assert(
      fc.property(mutated, (text) => holds([text])),
      { numRuns: 300 },
    );
  });

  it("holds for projects of several mutated files", () => {
    fc.assert(fc.property(fc.array(mutated, { minLength: 2, maxLength: 4 }), holds), { numRuns: 60 });
  });

  it("says the same however often it is asked", () => {
    fc.assert(
      fc.property(mutated, (text) => {
        expect(problems(text)).toEqual(problems(text));
      }),
      { numRuns: 50 },
    );
  });

  const deep = (count: number, one: (step: number) => string): string =>
    `namespace deep\n${Array.from({ length: count }, (_, step) => one(step)).join("\n")}`;

  it.each([
    ["calls", deep(5_000, (step) => `system s${step}() calls s${step + 1}`)],
    ["structs", deep(5_000, (step) => `struct S${step} { next: S${step + 1} }`)],
    ["a cycle of calls", deep(5_000, (step) => `system s${step}() calls s${(step + 1) % 5_000}`)],
    ["suffixes", deep(3_000, (step) => `system s${step}() calls s${step + 1}:X${step}`)],
    ["braces", deep(5_000, () => "component A {")],
    ["lists", `namespace deep\nstruct A { x: i32${"[]".repeat(30_000)} }`],
    ["parentheses", `namespace deep\n@index${"(".repeat(50_000)}`],
  ])("takes deeply nested %s", (_, text) => {
    holds([text]);
  });
});
