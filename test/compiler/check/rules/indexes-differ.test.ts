import { describe, expect, it } from "vitest";
import { indexesDiffer } from "../../../../compiler/check/rules/indexes-differ.js";
import { ruleProblems } from "../rule-problems.js";

describe("indexesDiffer", () => {
  it("refuses two indexes of the same columns in the same order", () => {
    expect(
      ruleProblems(
        indexesDiffer,
        `@index(a, b) @unique(a, b)
component A { a: i32 b: i32 @unique @index }`,
      ),
    ).toEqual(["HT4109 @index", "HT4109 @unique(a, b)"]);
  });

  it("lets indexes differ in the order of the columns", () => {
    expect(
      ruleProblems(
        indexesDiffer,
        `@index(a, b) @index(b, a)
component A { a: i32 @index b: i32 @index }`,
      ),
    ).toEqual([]);
  });
});
