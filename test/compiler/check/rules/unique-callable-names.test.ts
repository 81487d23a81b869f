import { describe, expect, it } from "vitest";
import { uniqueCallableNames } from "../../../../compiler/check/rules/unique-callable-names.js";
import { ruleProblems } from "../rule-problems.js";

describe("uniqueCallableNames", () => {
  it("refuses a system and an endpoint of the same name", () => {
    expect(
      ruleProblems(
        uniqueCallableNames,
        `system buy()
endpoint buy()`,
      ),
    ).toEqual(["HT2002 buy"]);
  });

  it("looks over all files of a namespace", () => {
    expect(ruleProblems(uniqueCallableNames, "system buy()", "system buy()")).toEqual(["HT2002 buy"]);
  });

  it("lets namespaces have systems of the same name", () => {
    expect(
      ruleProblems(
        uniqueCallableNames,
        `namespace a
system buy()`,
        `namespace b
system buy()`,
      ),
    ).toEqual([]);
  });
});
