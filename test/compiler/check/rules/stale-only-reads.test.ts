import { describe, expect, it } from "vitest";
import { staleOnlyReads } from "../../../../compiler/check/rules/stale-only-reads.js";
import { ruleProblems } from "../rule-problems.js";

describe("staleOnlyReads", () => {
  it("refuses events", () => {
    expect(ruleProblems(staleOnlyReads, "@stale(5s)\nsystem a() uses B emits C")).toEqual(["HT5012 emits"]);
  });

  it("refuses calls of systems that may write, with a suffix or not", () => {
    expect(
      ruleProblems(staleOnlyReads, "@stale(5s)\nsystem a() calls b, b:Shop, c\nsystem b() uses D\nsystem c() uses D"),
    ).toEqual(["HT5013 b", "HT5013 b", "HT5013 c"]);
  });

  it("takes calls of stale systems, whatever their age, and calls of them by others", () => {
    expect(
      ruleProblems(staleOnlyReads, "@stale(5s)\nsystem a() calls b\n@stale(1h)\nsystem b() uses D\nsystem c() calls b"),
    ).toEqual([]);
  });

  it("leaves unknown names to the rule for them", () => {
    expect(ruleProblems(staleOnlyReads, "@stale(5s)\nsystem a() calls nowhere")).toEqual([]);
  });
});
