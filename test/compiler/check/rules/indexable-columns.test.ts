import { describe, expect, it } from "vitest";
import { indexableColumns } from "../../../../compiler/check/rules/indexable-columns.js";
import { ruleProblems } from "../rule-problems.js";

describe("indexableColumns", () => {
  it("refuses bytes in every index", () => {
    expect(
      ruleProblems(
        indexableColumns,
        `@index(a, b)
component A { a: bytes(4) @unique b: i32 }`,
      ),
    ).toEqual(["HT4105 @unique", "HT4105 @index(a, b)"]);
  });

  it("takes all other types of columns", () => {
    expect(
      ruleProblems(
        indexableColumns,
        `enum E { a }
component A { a: bool @index b: u64 @index c: f32 @index d: timestamp @index e: string(9) @index f: E @index }`,
      ),
    ).toEqual([]);
  });
});
