import { describe, expect, it } from "vitest";
import { endpointClauses } from "../../../../compiler/check/rules/endpoint-clauses.js";
import { ruleProblems } from "../rule-problems.js";

describe("endpointClauses", () => {
  it("refuses uses and emits on an endpoint", () => {
    expect(ruleProblems(endpointClauses, "endpoint a() uses A emits B")).toEqual(["HT5007 uses", "HT5007 emits"]);
  });

  it("takes calls and rejects", () => {
    expect(ruleProblems(endpointClauses, "endpoint a() calls b rejects C")).toEqual([]);
  });
});
