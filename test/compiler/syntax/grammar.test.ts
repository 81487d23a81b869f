import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { spanText } from "../../../compiler/source/span.js";
import { declaration, declarations, HEADER, parseText, problems, shape } from "./parsing.js";

const fromRoot = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");

describe("the grammar", () => {
  it("reads the sample of the language's page", () => {
    const sample = /```hetu\n([\s\S]*?)```/.exec(fromRoot("docs/language.md"))?.[1] ?? "";
    const { tree, diagnostics } = parseText(sample);
    expect(diagnostics).toEqual([]);
    expect(tree.namespace?.name.text).toBe("walking");
    expect(tree.declarations.map((node) => ("name" in node ? node.name.text : "session"))).toEqual(
      [
        "Team",
        "session",
        "Position",
        "Inventory",
        "GuildNotice",
        "OnlineUser",
        "Reward",
        "NotEnoughGold",
        "Shout",
      ].concat(["login", "move_to", "buy", "pay", "remember", "shout", "went_offline", "reap_sessions", "whoami"]),
    );
  });

  it("reads the schema of the runtime's tests", () => {
    expect(parseText(fromRoot("test/fixtures/world/schema/world.hetu")).diagnostics).toEqual([]);
  });

  it("reads an enum with and without a base, and its values", () => {
    const node = declaration("EnumDeclaration", 'enum Team: u8 { red, blue = 5 @deprecated("x") green = -0x1 }');
    expect(node.base?.name.text).toBe("u8");
    expect(shape(node.values.map(({ name, value }) => [name, value]))).toEqual([
      [{ kind: "Name", text: "red" }, undefined],
      [
        { kind: "Name", text: "blue" },
        { kind: "NumberLiteral", raw: "5" },
      ],
      [
        { kind: "Name", text: "green" },
        { kind: "NumberLiteral", raw: "-0x1" },
      ],
    ]);
    expect(node.values[1]?.attributes[0]?.name.text).toBe("deprecated");
    expect(declaration("EnumDeclaration", "enum E {}").base).toBeUndefined();
  });

  it("reads all forms of a field", () => {
    const { fields } = declaration(
      "StructDeclaration",
      'struct S { a?: b.C[][] = d.e, f: string(0x10) = "x" @g(1) @h }',
    );
    expect(shape(fields)).toEqual([
      {
        kind: "Field",
        attributes: [],
        name: { kind: "Name", text: "a" },
        optional: true,
        type: {
          kind: "ArrayType",
          element: {
            kind: "ArrayType",
            element: {
              kind: "NamedType",
              reference: {
                kind: "NameReference",
                namespace: { kind: "Name", text: "b" },
                name: { kind: "Name", text: "C" },
              },
            },
          },
        },
        default: {
          kind: "NameReference",
          namespace: { kind: "Name", text: "d" },
          name: { kind: "Name", text: "e" },
        },
      },
      {
        kind: "Field",
        attributes: [
          {
            kind: "Attribute",
            name: { kind: "Name", text: "g" },
            arguments: [{ kind: "AttributeArgument", value: { kind: "NumberLiteral", raw: "1" } }],
          },
          { kind: "Attribute", name: { kind: "Name", text: "h" }, arguments: [] },
        ],
        name: { kind: "Name", text: "f" },
        type: {
          kind: "NamedType",
          reference: { kind: "NameReference", name: { kind: "Name", text: "string" } },
          size: { kind: "NumberLiteral", raw: "0x10" },
        },
        default: { kind: "StringLiteral", value: "x" },
      },
    ]);
  });

  it("reads positional and named arguments, durations and rules", () => {
    const node = declaration(
      "ComponentDeclaration",
      "@limit(times: 20, per: 1s,) @rls(guild >= ctx.guild)\n@volatile()\ncomponent C { guild: i64 }",
    );
    expect(shape(node.attributes.map((attribute) => attribute.arguments))).toEqual([
      [
        {
          kind: "AttributeArgument",
          name: { kind: "Name", text: "times" },
          value: { kind: "NumberLiteral", raw: "20" },
        },
        {
          kind: "AttributeArgument",
          name: { kind: "Name", text: "per" },
          value: { kind: "DurationLiteral", raw: "1s", milliseconds: 1000 },
        },
      ],
      [
        {
          kind: "AttributeArgument",
          value: {
            kind: "RlsExpression",
            column: { kind: "Name", text: "guild" },
            operator: { kind: "RlsOperator", text: ">=" },
            root: { kind: "Name", text: "ctx" },
            member: { kind: "Name", text: "guild" },
          },
        },
      ],
      [],
    ]);
    expect(node.attributes.map(({ parentheses }) => parentheses && spanText(parentheses))).toEqual([
      "(times: 20, per: 1s,)",
      "(guild >= ctx.guild)",
      "()",
    ]);
  });

  it("reads the clauses in any order, and the result before them", () => {
    const node = declaration(
      "SystemDeclaration",
      "system a(x: i32, y?: f32,): Reward[]?\n  emits D\n  rejects E, b.F\n  calls pay, remember:Shop\n  uses C",
    );
    expect(node.params.map(({ name }) => name.text)).toEqual(["x", "y"]);
    expect(spanText(node.result?.span ?? node.span)).toBe("Reward[]?");
    expect(node.result?.optional).toBeDefined();
    expect(node.uses?.items.map(({ span }) => spanText(span))).toEqual(["C"]);
    expect(node.calls?.items.map(({ system, suffix }) => [system.name.text, suffix?.text])).toEqual([
      ["pay", undefined],
      ["remember", "Shop"],
    ]);
    expect(node.rejects?.items.map(({ span }) => spanText(span))).toEqual(["E", "b.F"]);
    expect(node.emits?.items.map(({ span }) => spanText(span))).toEqual(["D"]);
  });

  it("gives each declaration the span from its first attribute to its last token", () => {
    const texts = [
      "@a @b\nstruct S { x: i32 }",
      "enum E { v }",
      "@once\nsystem s(): i32 uses C, D",
      "session { g: i64 }",
    ];
    const found = declarations(`/// doc\n${texts.join("\n/// doc\n")}`);
    expect(found.map(({ span }) => spanText(span))).toEqual(texts);
    expect(found.map(({ keyword }) => spanText(keyword))).toEqual(["struct", "enum", "system", "session"]);
  });

  it("keeps every comment with its place", () => {
    const text = `${HEADER}// a\nstruct S { /* b */ x: i32 } /// c\n/* d`;
    const { comments } = parseText(text).tree;
    expect(comments.map(({ kind, text: of, span }) => [kind, of, text.slice(span.start, span.end)])).toEqual([
      ["LineComment", "// a", "// a"],
      ["BlockComment", "/* b */", "/* b */"],
      ["DocLine", "/// c", "/// c"],
      ["BlockComment", "/* d", "/* d"],
    ]);
  });
});

describe("separators", () => {
  it.each([
    ["fields without commas", "struct S { a: i32 b: i32\nc: i32 }"],
    ["fields with one comma each", "struct S { a: i32, b: i32, c: i32, }"],
    ["enum values without commas", "enum E { a b = 3 c }"],
    ["a trailing comma in parameters and arguments", "@limit(times: 1, per: 1s,)\nsystem s(a: i32,)"],
  ])("allows %s", (_what, body) => {
    expect(problems(body)).toEqual([]);
  });

  it.each([
    ["two commas behind a field", "struct S { a: i32,, b: i32 }", ["HT1016 ,"]],
    ["a comma before the first field", "struct S { , a: i32 }", ["HT1016 ,"]],
    ["two commas between parameters", "system s(a: i32,, b: i32)", ["HT1016 ,"]],
    ["only a comma between parentheses", "system s(,)", ["HT1016 ,"]],
    ["parameters without a comma", "system s(a: i32 b: i32)", ["HT1015 b"]],
    ["arguments without a comma", "@index(a b)\ncomponent C { a: i32 }", ["HT1015 b"]],
    ["names of a clause without a comma", "system s() uses A B", ["HT1015 B"]],
    ["a comma at the end of a clause", "system s() uses A,\nsystem t()", ["HT1016 ,"]],
    ["a comma before the next clause", "system s() uses A, calls t", ["HT1016 ,"]],
  ])("refuses %s", (_what, body, expected) => {
    expect(problems(body)).toEqual(expected);
  });
});

describe("the lines of attributes", () => {
  it.each([
    ["a field's attributes on its line", "component C {\n a: i32 = 0 @x @y(1,\n 2) @z\n b: i32\n}"],
    ["a declaration's attributes above it", "struct S { a: i32 }\n@x\n@y @z\nstruct T { a: i32 }"],
    ["attributes behind another declaration with their keyword", "struct S { a: i32 } @x struct T { a: i32 }"],
  ])("allows %s", (_what, body) => {
    expect(problems(body)).toEqual([]);
  });

  it.each([
    ["a field's attribute on the next line", "component C {\n a: i32\n @x\n b: i32\n}", ["HT1017 @x"]],
    ["a second attribute on the next line", "component C {\n a: i32 @x\n @y\n}", ["HT1017 @y"]],
    ["a parameter's attribute on the next line", "system s(\n a: i32\n @x,\n b: i32\n)", ["HT1017 @x"]],
    ["an enum value's attribute on the next line", "enum E {\n a\n @x\n b\n}", ["HT1017 @x"]],
    ["an attribute before the first field", "component C {\n @x\n a: i32\n}", ["HT1019 @x"]],
    ["an attribute behind a declaration", "struct S { a: i32 } @x\nstruct T { a: i32 }", ["HT1018 @x"]],
    ["an attribute between parameters and clauses", "system s() @x uses C", ["HT1019 @x"]],
    ["an attribute at the end", "struct S { a: i32 }\n@x(1)", ["HT1019 @x"]],
  ])("refuses %s", (_what, body, expected) => {
    expect(problems(body)).toEqual(expected);
  });

  it("binds a refused attribute to nothing", () => {
    const { tree } = parseText(`${HEADER}component C {\n a: i32\n @x\n b: i32\n} @y\nstruct T { a: i32 }`);
    const [component, struct] = tree.declarations;
    expect(
      component?.kind === "ComponentDeclaration" && component.fields.flatMap(({ attributes }) => attributes),
    ).toEqual([]);
    expect(struct?.attributes).toEqual([]);
  });
});

describe("the namespace", () => {
  const codes = (text: string): string[] => parseText(text).diagnostics.map(({ code }) => code);

  it.each([
    ["an empty file", "", ["HT1025"]],
    ["a file without one", "struct S { a: i32 }", ["HT1025"]],
    ["one behind a declaration", "struct S { a: i32 }\nnamespace shop", ["HT1026"]],
    ["a second one", "namespace shop\nnamespace bank", ["HT1027"]],
    ["one without a name", "namespace\nstruct S { a: i32 }", ["HT1010"]],
    ["one of two parts", "namespace shop.bank\nstruct S { a: i32 }", ["HT1013"]],
  ])("refuses %s", (_what, text, expected) => {
    expect(codes(text)).toEqual(expected);
  });

  it("may have comments and documentation before it", () => {
    expect(codes("// a\n/// b\nnamespace shop")).toEqual([]);
  });
});
