import { describe, expect, it } from "vitest";
import { uniqueEnumValueNames } from "../../../../compiler/check/rules/unique-enum-value-names.js";
import { ruleProblems } from "../rule-problems.js";

describe("uniqueEnumValueNames", () => {
  it("refuses a repeated value", () => {
    expect(ruleProblems(uniqueEnumValueNames, "enum A { red, green, red }")).toEqual(["HT2005 red"]);
  });

  it("lets enums share names of values", () => {
    expect(
      ruleProblems(
        uniqueEnumValueNames,
        `enum A { red }
enum B { red }`,
      ),
    ).toEqual([]);
  });
});
