import { describe, expect, it } from "vitest";
import { enumsHaveValues } from "../../../../compiler/check/rules/enums-have-values.js";
import { ruleProblems } from "../rule-problems.js";

describe("enumsHaveValues", () => {
  it("refuses an enum without values", () => {
    expect(ruleProblems(enumsHaveValues, "enum A {}")).toEqual(["HT3005 A"]);
  });

  it("says nothing when the values could not be read", () => {
    expect(ruleProblems(enumsHaveValues, "enum A { ! }")).toEqual([]);
  });
});
