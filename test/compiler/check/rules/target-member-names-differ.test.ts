import { describe, expect, it } from "vitest";
import { targetMemberNamesDiffer } from "../../../../compiler/check/rules/target-member-names-differ.js";
import { ruleProblems } from "../rule-problems.js";

describe("targetMemberNamesDiffer", () => {
  it("refuses fields, parameters and values that meet", () => {
    expect(
      ruleProblems(
        targetMemberNamesDiffer,
        `struct A { a_b: i32, aB: i32 }
enum E { x_y, xY }
endpoint p(a_b: i32, a__b: i32)`,
      ),
    ).toEqual(["HT2015 aB", "HT2015 xY", "HT2015 a__b"]);
  });

  it("keeps a trailing underscore apart", () => {
    expect(ruleProblems(targetMemberNamesDiffer, "struct A { a: i32, a_: i32 }")).toEqual([]);
  });

  it("leaves repeated names to their own rule", () => {
    expect(ruleProblems(targetMemberNamesDiffer, "struct A { a: i32, a: i32 }")).toEqual([]);
  });
});
