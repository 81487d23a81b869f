import { describe, expect, it } from "vitest";
import { hiddenColumnsOfReadableRows } from "../../../../compiler/check/rules/hidden-columns-of-readable-rows.js";
import { ruleProblems } from "../rule-problems.js";

describe("hiddenColumnsOfReadableRows", () => {
  it("hints at a hidden column of rows that only admins read", () => {
    expect(
      ruleProblems(
        hiddenColumnsOfReadableRows,
        `component A { x: i32 @permission(admin) }
@permission(admin)
component B { owner: i64 @permission(owner) }`,
      ),
    ).toEqual(["HT6006 @permission(admin)", "HT6006 @permission(owner)"]);
  });

  it("takes hidden columns of rows that others read", () => {
    expect(
      ruleProblems(
        hiddenColumnsOfReadableRows,
        `@permission(user)
component A { x: i32 @permission(admin) }
@rls(owner == ctx.caller)
component B { owner: i64 y: i32 @permission(admin) }`,
      ),
    ).toEqual([]);
  });
});
