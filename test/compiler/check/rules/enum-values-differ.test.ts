import { describe, expect, it } from "vitest";
import { enumValuesDiffer } from "../../../../compiler/check/rules/enum-values-differ.js";
import { ruleProblems } from "../rule-problems.js";

describe("enumValuesDiffer", () => {
  it("refuses two values of the same number", () => {
    expect(ruleProblems(enumValuesDiffer, "enum A { a = 1, b = 1 }")).toEqual(["HT3007 1"]);
  });

  it("counts on from the previous value", () => {
    expect(ruleProblems(enumValuesDiffer, "enum A { a = 1, b = 0, c }")).toEqual(["HT3007 c"]);
  });

  it("compares numbers, not how they are written", () => {
    expect(ruleProblems(enumValuesDiffer, "enum A { a = 16, b = 0x10 }")).toEqual(["HT3007 0x10"]);
  });

  it("says nothing of what follows a value that could not be read", () => {
    expect(ruleProblems(enumValuesDiffer, "enum A { a, b = 1.5, c }")).toEqual([]);
  });
});
