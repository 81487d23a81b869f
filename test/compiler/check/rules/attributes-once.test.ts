import { describe, expect, it } from "vitest";
import { attributesOnce } from "../../../../compiler/check/rules/attributes-once.js";
import { ruleProblems } from "../rule-problems.js";

describe("attributesOnce", () => {
  it("refuses the same attribute twice", () => {
    expect(
      ruleProblems(
        attributesOnce,
        `component A { x: i32 @index @index }
@retry(1) @retry(2)
system s()`,
      ),
    ).toEqual(["HT4003 @index", "HT4003 @retry(2)"]);
  });

  it("lets composite indexes and rules be repeated", () => {
    expect(
      ruleProblems(
        attributesOnce,
        `@index(a, b) @index(b, a) @unique(a, c) @rls(a == ctx.caller) @rls(b == ctx.caller)
component A { a: i64 b: i64 c: i64 }`,
      ),
    ).toEqual([]);
  });
});
