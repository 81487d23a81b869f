import { describe, expect, it } from "vitest";
import { typeNamesInPascalCase } from "../../../../compiler/check/rules/type-names-in-pascal-case.js";
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
});
