import { describe, expect, it } from "vitest";
import { triggerSignatures } from "../../../../compiler/check/rules/trigger-signatures.js";
import { ruleProblems } from "../rule-problems.js";

describe("triggerSignatures", () => {
  it("refuses parameters and results of what the engine runs", () => {
    expect(
      ruleProblems(
        triggerSignatures,
        `@on(start)
system a(x: i32): i32
@every(1s)
system b(): bool
@cron("* * * * *")
system c(y: i32)`,
      ),
    ).toEqual(["HT5001 (x: i32)", "HT5001 i32", "HT5001 bool", "HT5001 (y: i32)"]);
  });

  it("takes a system without either", () => {
    expect(
      ruleProblems(
        triggerSignatures,
        `@on(connect)
system a()`,
      ),
    ).toEqual([]);
  });
});
