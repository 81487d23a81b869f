import { describe, expect, it } from "vitest";
import { decodeString, encodeString } from "../../../compiler/syntax/string-literal.js";
import { declaration, declarations, problems } from "./parsing.js";
import fc from "fast-check";

describe("comments", () => {
  it("takes // and /* */ comments anywhere", () => {
    expect(problems("// a\nstruct /* b */ Price /* c\n d */ { // e\n gold /* f */ : i32 // g\n } // h")).toEqual([]);
  });

  it("does not nest /* */", () => {
    expect(problems("/* a /* b */ struct Price { gold: i32 }")).toEqual([]);
  });

  it("refuses a comment without its end, once", () => {
    expect(problems("struct Price { gold: i32 /* }")).toEqual(["HT1006 /*"]);
  });

  it("takes four slashes for an ordinary comment", () => {
    expect(declaration("StructDeclaration", "//// no\nstruct Price { gold: i32 }").doc).toBeUndefined();
  });
});

describe("documentation", () => {
  it("attaches /// lines to a declaration before its attributes, without their common indent", () => {
    const { doc } = declaration("SystemDeclaration", "///  One.\n///\n///    Two. \n@once\nsystem a()");
    expect(doc?.lines).toEqual(["One.", "", "  Two."]);
  });

  it("attaches /// lines to fields, enum values and parameters", () => {
    const [struct, enumeration, system] = declarations(
      "struct S {\n/// f\na: i32\n}\nenum E {\n/// v\nred,\n/// w\nblue\n}\nsystem s(\n/// p\na: i32\n)",
    );
    expect(struct?.kind === "StructDeclaration" && struct.fields[0]?.doc?.lines).toEqual(["f"]);
    expect(enumeration?.kind === "EnumDeclaration" && enumeration.values.map(({ doc }) => doc?.lines)).toEqual([
      ["v"],
      ["w"],
    ]);
    expect(system?.kind === "SystemDeclaration" && system.params[0]?.doc?.lines).toEqual(["p"]);
  });

  it.each([
    ["behind a field on its line", "struct S { a: i32 /// no\n}", ["HT1030 /// no"]],
    ["between the attributes and the keyword", "@once\n/// no\nsystem a()", ["HT1030 /// no"]],
    ["before a closing brace", "struct S {\n a: i32\n /// no\n}", ["HT1030 /// no"]],
    ["at the end of the file", "struct S { a: i32 }\n/// no\n/// at all", ["HT1030 /// no"]],
    ["before a clause", "system a()\n/// no\nuses B", ["HT1030 /// no"]],
    ["behind another comment", "/* x */ /// no\nstruct S { a: i32 }", ["HT1030 /// no"]],
  ])("warns of /// %s", (_where, body, expected) => {
    expect(problems(body)).toEqual(expected);
  });
});

describe("names", () => {
  it("lets every keyword be the name of a field, a parameter, an enum value and a system", () => {
    const words =
      "namespace enum session component struct error event system endpoint uses calls rejects emits index ctx".split(
        " ",
      );
    const list = words.map((word) => `${word}: i32`).join("\n");
    expect(
      problems(`struct S {\n${list}\n}\nenum E { ${words.join(" ")} }\nsystem s(${list.replaceAll("\n", ", ")})`),
    ).toEqual([]);
    for (const word of words) expect(problems(`system ${word}()`)).toEqual([]);
  });

  it("lets a keyword be the name of a type and of what a clause lists", () => {
    const system = declaration("SystemDeclaration", "system a(x: system): uses uses calls, error calls uses, emits");
    expect(system.uses?.items.map(({ name }) => name.text)).toEqual(["calls", "error"]);
    expect(system.calls?.items.map((item) => item.system.name.text)).toEqual(["uses", "emits"]);
  });

  it.each(["_gold", "größe", "金", "gold_é"])("refuses %s as a name, once", (name) => {
    expect(problems(`struct S { ${name}: i32 }`)).toEqual([`HT1002 ${name}`]);
  });

  it.each([";", "；", "“", "\u0000", "😀", "$%^"])("refuses the characters %j, once", (text) => {
    expect(problems(`struct S { a: i32 ${text} }`)).toEqual([`HT1001 ${text}`.trim()]);
  });
});

describe("numbers", () => {
  it.each(["0", "12", "-7", "0x1F", "-0x0a", "1.5", "-0.25", "1e-3", "2E+10", "1.5e3", "18446744073709551615"])(
    "reads %s as it is written",
    (raw) => {
      const { fields } = declaration("ComponentDeclaration", `component C { a: f64 = ${raw} }`);
      expect(fields[0]?.default).toMatchObject({ kind: "NumberLiteral", raw });
    },
  );

  it.each(["1_000", "5px", "0x", "0xfg", "1.", "1.2.3", "1e", "01", "-00", "0b11", "5S", "1.5s", "-5s", "7days", "9_"])(
    "refuses %s as one malformed token",
    (raw) => {
      expect(problems(`component C {\n a: f64 = ${raw} @index\n b: i32\n}`)).toEqual([`HT1003 ${raw}`]);
    },
  );

  it.each([
    ["500ms", 500],
    ["5s", 5_000],
    ["10m", 600_000],
    ["2h", 7_200_000],
    ["7d", 604_800_000],
  ])("reads the duration %s in an attribute", (raw, milliseconds) => {
    const { attributes } = declaration("SystemDeclaration", `@every(${raw})\nsystem a()`);
    expect(attributes[0]?.arguments[0]?.value).toMatchObject({ kind: "DurationLiteral", raw, milliseconds });
  });

  it("refuses a duration anywhere else", () => {
    expect(problems("component C { a: i32 = 5s }")).toEqual(["HT1007 5s"]);
    expect(problems("enum E { a = 5s }")).toEqual(["HT1007 5s"]);
  });
});

describe("strings", () => {
  it("decodes every escape", () => {
    const { attributes } = declaration(
      "StructDeclaration",
      '@deprecated("\\" \\\\ \\n \\r \\t \\u{41} \\u{1F600}")\nstruct S { a: i32 }',
    );
    expect(attributes[0]?.arguments[0]?.value).toMatchObject({ value: '" \\ \n \r \t A 😀' });
  });

  it.each(["\\q", "\\u", "\\u41", "\\u{}", "\\u{110000}", "\\u{d800}", "\\u{1234567}", "\\u{xyz}", "\\'", "\\😀"])(
    "refuses the escape %s",
    (text) => {
      const [problem, ...rest] = problems(`@deprecated("a${text} b")\nstruct S { a: i32 }`);
      expect(rest).toEqual([]);
      expect(problem?.startsWith("HT1005 \\")).toBe(true);
    },
  );

  it("reports each wrong escape of a string", () => {
    expect(problems('@deprecated("\\a\\b")\nstruct S { a: i32 }')).toEqual(["HT1005 \\a", "HT1005 \\b"]);
  });

  it.each(['"abc', '"abc\\', '"abc\\"', '"'])("refuses %s without its closing quote, once", (text) => {
    expect(problems(`@deprecated(${text}\nstruct S { a: i32 }`)).toEqual([`HT1004 ${text}`]);
  });

  it("reads back each value that it writes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        expect(decodeString(encodeString(value))).toEqual({ value, closed: true, problems: [] });
      }),
    );
  });
});
