import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { format } from "../../../compiler/format/format.js";
import { SourceFile } from "../../../compiler/source/source-file.js";

function formatted(text: string): string {
  const result = format(new SourceFile("shop.hetu", text));
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join("; "));
  return result.text;
}

/** The formatted text of a body, without its namespace. */
function body(text: string): string {
  return formatted(`namespace shop\n\n${text}`).replace(/^namespace shop\n\n?/, "");
}

const fromRoot = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
const wide = (count: number): string[] => Array.from({ length: count }, (_, index) => `a_rather_long_name_${index}`);

describe("the layout of a file", () => {
  it("ends with one line break and keeps the comments around it", () => {
    expect(formatted("  namespace   shop")).toBe("namespace shop\n");
    expect(formatted("\n\n// a\n\n\n\n// b\nnamespace shop\n\n\n// c")).toBe("// a\n\n// b\nnamespace shop\n\n// c\n");
  });

  it("sets the namespace and declarations of several lines apart", () => {
    expect(formatted("namespace shop\nenum E { a }\nenum F { a }\ncomponent C { a: i32 }\nenum G { a }")).toBe(
      "namespace shop\n\nenum E { a }\nenum F { a }\n\ncomponent C {\n  a: i32\n}\n\nenum G { a }\n",
    );
  });

  it("keeps one of several empty lines", () => {
    expect(body("enum E { a }\n\n\n\nenum F {\n\n a\n\n\n b\n\n}")).toBe("enum E { a }\n\nenum F {\n  a\n\n  b\n}\n");
  });

  it("ends all lines as the first one ends", () => {
    const text = "namespace shop\n\n/* a\n b */\nenum E {\n  a\n}\n";
    const windows = text.replaceAll("\n", "\r\n");
    expect(formatted("namespace shop\r\n/* a\n b */\r\nenum E {\na }\r\n")).toBe(windows);
    expect(formatted(windows)).toBe(windows);
    expect(formatted("namespace shop\n/* a\r\n b */\r\nenum E {\ra }\r\n")).toBe(text);
    expect(formatted(windows.replaceAll("\r\n", "\r"))).toBe(text);
  });

  it("refuses a file with syntax errors and says why", () => {
    const result = format(new SourceFile("shop.hetu", "namespace shop\nstruct S { a: }"));
    expect(result.ok ? [] : result.diagnostics.map(({ code }) => code)).toEqual(["HT1010"]);
  });

  it.each(["docs/language.md", "test/fixtures/world/schema/world.hetu"])("needs no second run for %s", (path) => {
    const text = fromRoot(path);
    const once = formatted(path.endsWith(".md") ? (/```hetu\n([\s\S]*?)```/.exec(text)?.[1] ?? "") : text);
    expect(formatted(once)).toBe(once);
  });
});

describe("the layout of components", () => {
  it("aligns names, types with defaults, and attributes", () => {
    expect(body('component C { owner:i64@unique x : f32=0 @index @was(y) text : string( 32 )="" z: u8 @index }')).toBe(
      [
        "component C {",
        "  owner: i64     @unique",
        "  x:     f32 = 0 @index @was(y)",
        '  text:  string(32) = ""',
        "  z:     u8      @index",
        "}\n",
      ].join("\n"),
    );
  });

  it("starts new columns behind an empty line", () => {
    expect(body("component C {\na: i32 @index\n\nlonger: i32 = 0 @index\n}")).toBe(
      "component C {\n  a: i32 @index\n\n  longer: i32 = 0 @index\n}\n",
    );
  });

  it("writes attributes above the keyword, on the lines that they shared", () => {
    expect(body("@volatile @index( a,b , )\n@rls(a==ctx.a) component C { a: i32 }")).toBe(
      "@volatile @index(a, b)\n@rls(a == ctx.a)\ncomponent C {\n  a: i32\n}\n",
    );
  });

  it("leaves an empty one on a line", () => {
    expect(body("component C {\n\n}")).toBe("component C {}\n");
  });
});

describe("the layout of lists", () => {
  it("keeps on one line what was there, with commas between", () => {
    expect(body("enum E:u8{red blue=5,}struct S{a:i32 b?:i32[]@range(0,1)}")).toBe(
      "enum E: u8 { red, blue = 5 }\nstruct S { a: i32, b?: i32[] @range(0, 1) }\n",
    );
  });

  it("keeps broken what was broken, without commas in braces and with them in parentheses", () => {
    expect(body("enum E { red,\nblue }\nstruct S {\na: i32, bb: i32 }\nsystem s(a: i32,\nb: i32): i32 uses C")).toBe(
      [
        "enum E {\n  red\n  blue\n}",
        "struct S {\n  a:  i32\n  bb: i32\n}",
        "system s(\n  a: i32,\n  b: i32,\n): i32 uses C\n",
      ].join("\n\n"),
    );
  });

  it("breaks what is wider than 120 columns", () => {
    const names = wide(6);
    expect(body(`enum E { ${names.join(" ")} }`)).toBe(`enum E {\n  ${names.join("\n  ")}\n}\n`);
    const params = names.map((name) => `${name}: i32`);
    expect(body(`system s(${params.join(", ")})`)).toBe(`system s(\n  ${params.join(",\n  ")},\n)\n`);
  });
});

describe("the layout of clauses", () => {
  it("keeps them behind the parameters when they were there and fit", () => {
    expect(body("system s( ):i32 ? uses A,shop.B calls c:D,e")).toBe("system s(): i32? uses A, shop.B calls c:D, e\n");
  });

  it("gives each a line when they were on several", () => {
    expect(body("system s() uses A\n calls b")).toBe("system s()\n  uses A\n  calls b\n");
  });

  it("gives each a line, and each name one, when they are too wide", () => {
    const few = wide(4).join(", ");
    expect(body(`system s() uses ${few} calls ${few}`)).toBe(`system s()\n  uses ${few}\n  calls ${few}\n`);
    const many = wide(7);
    expect(body(`system s() uses ${many.join(", ")} calls b`)).toBe(
      `system s()\n  uses\n    ${many.join(",\n    ")}\n  calls b\n`,
    );
  });
});

describe("comments", () => {
  it.each([
    ["above and behind fields", "component C { // 1\n  // 2\n  a: i32 // 3\n\n  // 4\n  b: i32 /* 5 */\n  // 6\n}\n"],
    ["between parameters", "system s(\n  // 1\n  a: i32, // 2\n  /* 3 */ b: i32, /* 4 */\n  // 5\n)\n"],
    ["inside lists on one line", "struct S { /* 1 */ a: i32 /* 2 */, /* 3 */ b: i32 /* 4 */ }\n"],
    ["inside empty lists", "struct S { /* 1 */ }\nsystem s(/* 2 */)\n"],
    ["between clauses", "system s() // 1\n  // 2\n  uses A, /* 3 */ B // 4\n  calls c // 5\n"],
    ["between the names of a clause", "system s()\n  uses\n    A, // 1\n    // 2\n    B\n"],
    ["among attributes", "@once // 1\n// 2\n@retry(/* 3 */ 1)\n// 4\nsystem s()\n"],
    ["inside a type", "struct S { a: /* 1 */ string(/* 2 */ 3 /* 4 */) }\n"],
    ["with documentation", "/// 1\n@once\nsystem s(\n  /// 2\n  a: i32,\n)\n"],
  ])("stay %s", (_where, text) => {
    expect(body(text)).toBe(text);
  });

  it("of several lines move as a whole when each starts with `*`, and keep their inner lines otherwise", () => {
    expect(body("component C {\n/* a\n    * b\n */\n      a: i32\n      /* c\n  d */\n}")).toBe(
      "component C {\n  /* a\n   * b\n   */\n  a: i32\n  /* c\n  d */\n}\n",
    );
  });

  it("keep a field with one inside out of the columns", () => {
    expect(body("component C {\n a: /* why */ i32 @index\n longer: u8 @index\n b: i32 @index\n}")).toBe(
      "component C {\n  a: /* why */ i32 @index\n  longer: u8  @index\n  b:      i32 @index\n}\n",
    );
  });
});
