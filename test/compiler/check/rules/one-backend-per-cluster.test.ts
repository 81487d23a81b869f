import { describe, expect, it } from "vitest";
import { oneBackendPerCluster } from "../../../../compiler/check/rules/one-backend-per-cluster.js";
import { ruleProblems } from "../rule-problems.js";

describe("oneBackendPerCluster", () => {
  it("refuses components of one cluster in different stores", () => {
    expect(
      ruleProblems(
        oneBackendPerCluster,
        `@backend(a)
component A { x: i32 }
@backend(b)
component B { x: i32 }
system s() uses A calls t
system t() uses B`,
      ),
    ).toEqual(["HT4117 B"]);
  });

  it("counts the default store as one", () => {
    expect(
      ruleProblems(
        oneBackendPerCluster,
        `@backend(a)
component A { x: i32 }
component B { x: i32 }
system s() uses A, B`,
      ),
    ).toEqual(["HT4117 B"]);
  });

  it("lets clusters have different stores", () => {
    expect(
      ruleProblems(
        oneBackendPerCluster,
        `@backend(a)
component A { x: i32 }
component B { x: i32 }
system s() uses A
system t() uses B`,
      ),
    ).toEqual([]);
  });

  it("lets copies be in the store of their component", () => {
    expect(
      ruleProblems(
        oneBackendPerCluster,
        `@backend(a)
component A { x: i32 }
@backend(a)
component B { x: i32 }
system s() uses A calls t:X
system t() uses B`,
      ),
    ).toEqual([]);
  });
});
