import { describe, expect, it } from "vitest";
import { uniqueColumnsWithoutDefault } from "../../../../compiler/check/rules/unique-columns-without-default.js";
import { ruleProblems } from "../rule-problems.js";

describe("uniqueColumnsWithoutDefault", () => {
  it("hints at the default of a unique column", () => {
    expect(
      ruleProblems(
        uniqueColumnsWithoutDefault,
        `@unique(a, b)
component A { a: i32 = 1 @unique b: i32 = 2 @index c: i32 = 3 }`,
      ),
    ).toEqual(["HT6005 1"]);
  });
});
