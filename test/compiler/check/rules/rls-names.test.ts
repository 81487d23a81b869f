import { describe, expect, it } from "vitest";
import { rlsNames } from "../../../../compiler/check/rules/rls-names.js";
import { ruleProblems } from "../rule-problems.js";

describe("rlsNames", () => {
  it("refuses columns and session fields that there are not", () => {
    expect(
      ruleProblems(
        rlsNames,
        `session { guild: i64 }
@rls(q == ctx.gild)
component A { a: i64 }`,
      ),
    ).toEqual(["HT2011 q", "HT2011 gild"]);
  });

  it("refuses a right side that does not start with ctx", () => {
    expect(
      ruleProblems(
        rlsNames,
        `@rls(a == session.caller)
component A { a: i64 }`,
      ),
    ).toEqual(["HT4112 session"]);
  });

  it("finds the session in another file of the namespace, and the caller without one", () => {
    expect(
      ruleProblems(
        rlsNames,
        `@rls(a == ctx.guild) @rls(a != ctx.caller)
component A { a: i64 }`,
        "session { guild: i64 }",
      ),
    ).toEqual([]);
  });
});
