import { describe, expect, it } from "vitest";
import { ownerColumns } from "../../../../compiler/check/rules/owner-columns.js";
import { ruleProblems } from "../rule-problems.js";

describe("ownerColumns", () => {
  it("demands an owner of components and columns that ask for it", () => {
    expect(
      ruleProblems(
        ownerColumns,
        `@permission(owner)
component A { x: i32 }
@permission(user)
component B { x: i32 @permission(owner) }`,
      ),
    ).toEqual(["HT4110 @permission(owner)", "HT4110 @permission(owner)"]);
  });

  it("demands that it is an i64", () => {
    expect(
      ruleProblems(
        ownerColumns,
        `@permission(owner)
component A { owner: i32 }`,
      ),
    ).toEqual(["HT4110 @permission(owner)"]);
  });

  it("takes an owner of i64", () => {
    expect(
      ruleProblems(
        ownerColumns,
        `@permission(owner)
component A { x: i32 @permission(owner) owner: i64 }`,
      ),
    ).toEqual([]);
  });

  it("says nothing when the owner could not be read", () => {
    expect(
      ruleProblems(
        ownerColumns,
        `@permission(owner)
component A { owner: }
@permission(owner)
component B { x: Nothing owner ! i64 }`,
      ),
    ).toEqual([]);
  });
});
