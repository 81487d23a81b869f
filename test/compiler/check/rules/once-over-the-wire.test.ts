import { describe, expect, it } from "vitest";
import { onceOverTheWire } from "../../../../compiler/check/rules/once-over-the-wire.js";
import { ruleProblems } from "../rule-problems.js";

describe("onceOverTheWire", () => {
  it("refuses once on an internal system", () => {
    expect(
      ruleProblems(
        onceOverTheWire,
        `@once
system a()`,
      ),
    ).toEqual(["HT5004 @once"]);
  });

  it("takes it on one that clients may call", () => {
    expect(
      ruleProblems(
        onceOverTheWire,
        `@once @permission(user)
system a()`,
      ),
    ).toEqual([]);
  });

  it("leaves triggers to their own rule", () => {
    expect(
      ruleProblems(
        onceOverTheWire,
        `@once @on(start)
system a()`,
      ),
    ).toEqual([]);
  });
});
