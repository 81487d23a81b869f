import { describe, expect, it } from "vitest";
import { glueComponents } from "../../../../compiler/check/rules/glue-components.js";
import { ruleProblems } from "../rule-problems.js";

describe("glueComponents", () => {
  it("warns of a component that is all that connects two groups", () => {
    expect(
      ruleProblems(
        glueComponents,
        `component L { x: i32 }
component A { x: i32 }
component B { x: i32 }
system a() uses A, L
system b() uses A
system c() uses B, L
system d() uses B`,
      ),
    ).toEqual(["HT5009 L"]);
  });

  it("says nothing when the groups share something else", () => {
    expect(
      ruleProblems(
        glueComponents,
        `component L { x: i32 }
component A { x: i32 }
component B { x: i32 }
system a() uses A, L
system b() uses A, B
system c() uses B, L
system d() uses B`,
      ),
    ).toEqual([]);
  });

  it("says nothing when a call connects them", () => {
    expect(
      ruleProblems(
        glueComponents,
        `component L { x: i32 }
component A { x: i32 }
component B { x: i32 }
system a() uses A, L
system b() uses A calls d
system c() uses B, L
system d() uses B`,
      ),
    ).toEqual([]);
  });

  it("does not take a single system, or systems without rows of their own, for a group", () => {
    expect(
      ruleProblems(
        glueComponents,
        `component L { x: i32 }
component A { x: i32 }
system a() uses A, L
system b() uses A
system c() uses L
system d() uses L`,
      ),
    ).toEqual([]);
  });
});
