import { describe, expect, it } from "vitest";
import { limitOverTheWire } from "../../../../compiler/check/rules/limit-over-the-wire.js";
import { ruleProblems } from "../rule-problems.js";

describe("limitOverTheWire", () => {
  it("warns of a limit on what nobody may call", () => {
    expect(
      ruleProblems(
        limitOverTheWire,
        `@limit(times: 1, per: 1s)
system a()
@limit(times: 1, per: 1s)
endpoint b()`,
      ),
    ).toEqual(["HT5005 @limit(times: 1, per: 1s)", "HT5005 @limit(times: 1, per: 1s)"]);
  });

  it("takes it on what clients may call", () => {
    expect(
      ruleProblems(
        limitOverTheWire,
        `@limit(times: 1, per: 1s) @permission(user)
system a()`,
      ),
    ).toEqual([]);
  });
});
