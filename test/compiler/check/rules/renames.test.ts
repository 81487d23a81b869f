import { describe, expect, it } from "vitest";
import { renames } from "../../../../compiler/check/rules/renames.js";
import { ruleProblems } from "../rule-problems.js";

describe("renames", () => {
  it("refuses an old name that is still in use", () => {
    expect(
      ruleProblems(
        renames,
        `component Old { x: i32 y: i32 @was(x) }
@was(Old)
component New { x: i32 }`,
      ),
    ).toEqual(["HT4115 @was(Old)", "HT4115 @was(x)"]);
  });

  it("refuses an old name that two things take over", () => {
    expect(
      ruleProblems(
        renames,
        `@was(Old)
component A { x: i32 @was(z) y: i32 @was(z) }
@was(Old)
component B { x: i32 @was(z) }`,
      ),
    ).toEqual(["HT4116 @was(Old)", "HT4116 @was(z)"]);
  });

  it("refuses one of several names that is in use, or is named twice", () => {
    expect(
      ruleProblems(
        renames,
        `@was(Mid, Old)
component New { x: i32 @was(z, y) y: i32 w: i32 @was(v, v) }
@was(Old)
component A {}`,
      ),
    ).toEqual(["HT4116 @was(Old)", "HT4115 y", "HT4116 v"]);
  });

  it("takes an old name that is gone", () => {
    expect(
      ruleProblems(
        renames,
        `@was(Old)
component New { x: i32 @was(y) }`,
      ),
    ).toEqual([]);
  });
});
