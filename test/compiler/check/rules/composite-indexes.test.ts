import { describe, expect, it } from "vitest";
import { compositeIndexes } from "../../../../compiler/check/rules/composite-indexes.js";
import { ruleProblems } from "../rule-problems.js";

describe("compositeIndexes", () => {
  it("refuses columns that there are not", () => {
    expect(
      ruleProblems(
        compositeIndexes,
        `@index(a, q) @unique(b, id)
component A { a: i32 b: i32 }`,
      ),
    ).toEqual(["HT2011 q", "HT2011 id"]);
  });

  it("refuses a single column", () => {
    expect(
      ruleProblems(
        compositeIndexes,
        `@index(a)
component A { a: i32 }`,
      ),
    ).toEqual(["HT4107 @index(a)"]);
  });

  it("refuses a repeated column", () => {
    expect(
      ruleProblems(
        compositeIndexes,
        `@index(a, b, a)
component A { a: i32 b: i32 }`,
      ),
    ).toEqual(["HT4108 a"]);
  });

  it("says nothing of a column that may be in text that could not be read", () => {
    expect(
      ruleProblems(
        compositeIndexes,
        `@index(a, q)
component A { a: i32 q ! i32 }`,
      ),
    ).toEqual([]);
  });
});
