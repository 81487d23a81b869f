import { describe, expect, it } from "vitest";
import { uniqueFieldNames } from "../../../../compiler/check/rules/unique-field-names.js";
import { ruleProblems } from "../rule-problems.js";

describe("uniqueFieldNames", () => {
  it("refuses a repeated field in every kind of declaration", () => {
    expect(
      ruleProblems(
        uniqueFieldNames,
        `component A { x: i32 x: i32 }
struct B { x: i32, x: i32 }
error C { x: i32, x: i32 }
event D { x: i32, x: i32 }
session { x: i32 x: i32 }`,
      ),
    ).toEqual(["HT2003 x", "HT2003 x", "HT2003 x", "HT2003 x", "HT2003 x"]);
  });

  it("refuses a repeated parameter as one", () => {
    expect(ruleProblems(uniqueFieldNames, "system a(x: i32, x: i32)")).toEqual(["HT2004 x"]);
  });

  it("tells of each repetition once", () => {
    expect(ruleProblems(uniqueFieldNames, "struct B { x: i32, x: i32, x: i32 }")).toEqual(["HT2003 x", "HT2003 x"]);
  });

  it("takes letter case seriously", () => {
    expect(ruleProblems(uniqueFieldNames, "struct B { x: i32, X: i32 }")).toEqual([]);
  });
});
