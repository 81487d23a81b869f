import { describe, expect, it } from "vitest";
import { clauseItemsDiffer } from "../../../../compiler/check/rules/clause-items-differ.js";
import { ruleProblems } from "../rule-problems.js";

describe("clauseItemsDiffer", () => {
  it("refuses a name that is listed twice in a clause", () => {
    expect(
      ruleProblems(
        clauseItemsDiffer,
        `component Item {
  price: i32
}
system a() uses Item, Item rejects E, E emits V, V`,
      ),
    ).toEqual(["HT2014 Item", "HT2014 E", "HT2014 V"]);
  });

  it("tells calls with different suffixes apart", () => {
    expect(ruleProblems(clauseItemsDiffer, "system a() calls b, b:X, b:Y, b:X")).toEqual(["HT2014 b"]);
  });
});
