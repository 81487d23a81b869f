import { describe, expect, it } from "vitest";
import { rlsOrPermission } from "../../../../compiler/check/rules/rls-or-permission.js";
import { ruleProblems } from "../rule-problems.js";

describe("rlsOrPermission", () => {
  it("refuses both on one component", () => {
    expect(
      ruleProblems(
        rlsOrPermission,
        `@rls(a == ctx.caller) @permission(user)
component A { a: i64 }`,
      ),
    ).toEqual(["HT4111 @rls(a == ctx.caller)"]);
  });

  it("takes either", () => {
    expect(
      ruleProblems(
        rlsOrPermission,
        `@rls(a == ctx.caller) @rls(b == ctx.caller)
component A { a: i64 b: i64 }
@permission(user)
component B { a: i64 }`,
      ),
    ).toEqual([]);
  });
});
