import { describe, expect, it } from "vitest";
import { acyclicCalls } from "../../../../compiler/check/rules/acyclic-calls.js";
import { ruleProblems } from "../rule-problems.js";

describe("acyclicCalls", () => {
  it("refuses a system that calls itself, under a suffix too", () => {
    expect(
      ruleProblems(
        acyclicCalls,
        `system a() calls a
system b() calls b:X`,
      ),
    ).toEqual(["HT5006 a", "HT5006 b:X"]);
  });

  it("refuses a longer cycle, once", () => {
    expect(
      ruleProblems(
        acyclicCalls,
        `system a() calls b
system b() calls c:X
system c() calls a`,
      ),
    ).toEqual(["HT5006 a"]);
  });

  it("lets systems share what they call", () => {
    expect(
      ruleProblems(
        acyclicCalls,
        `system a() calls b, c
system b() calls d
system c() calls d
system d()`,
      ),
    ).toEqual([]);
  });
});
