import { describe, expect, it } from "vitest";
import { typeNamesInPascalCase } from "../../../../compiler/check/rules/type-names-in-pascal-case.js";
import { compileSources } from "../../../../compiler/pipeline.js";
import { ruleProblems } from "../rule-problems.js";

describe("typeNamesInPascalCase", () => {
  it("warns of types in another casing", () => {
    expect(
      ruleProblems(
        typeNamesInPascalCase,
        `struct foo { x: i32 }
component Foo_Bar { x: i32 }
enum fooBar { a }`,
      ),
    ).toEqual(["HT6001 foo", "HT6001 Foo_Bar", "HT6001 fooBar"]);
  });

  it("takes PascalCase with digits and capitals", () => {
    expect(ruleProblems(typeNamesInPascalCase, "struct HTTP2Header { x: i32 }")).toEqual([]);
  });

  it("takes underscores at the end", () => {
    expect(ruleProblems(typeNamesInPascalCase, "struct String_ { x: i32 }")).toEqual([]);
  });

  it("says nothing of names that may not be declared", () => {
    expect(ruleProblems(typeNamesInPascalCase, "struct string { x: i32 }\nenum id { a }")).toEqual([]);
  });

  it.each([
    ["string_", "String_"],
    ["order_line", "OrderLine"],
    ["object", "MyObject"],
  ])("suggests for %s a name that no target reserves", (name, better) => {
    const { diagnostics } = compileSources([{ path: "a.hetu", text: `namespace a\nstruct ${name} { x: i32 }` }]);
    expect(diagnostics.map(({ help }) => help)).toEqual([`call it \`${better}\``]);
  });
});
