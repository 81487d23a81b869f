import { describe, expect, it } from "vitest";
import { systemsHaveClauses } from "../../../../compiler/check/rules/systems-have-clauses.js";
import { ruleProblems } from "../rule-problems.js";

describe("systemsHaveClauses", () => {
  it("warns of a system without a clause", () => {
    expect(
      ruleProblems(
        systemsHaveClauses,
        `system a()
system b(): i32`,
      ),
    ).toEqual(["HT5008 a", "HT5008 b"]);
  });

  it("takes any clause", () => {
    expect(
      ruleProblems(
        systemsHaveClauses,
        `system a() uses A
system b() calls a
system c() rejects E
system d() emits V
endpoint e()`,
      ),
    ).toEqual([]);
  });

  it("says nothing when the clauses could not be read", () => {
    expect(ruleProblems(systemsHaveClauses, "system a() ! uses A")).toEqual([]);
  });
});
