import { describe, expect, it } from "vitest";
import { defaultsOnColumns } from "../../../../compiler/check/rules/defaults-on-columns.js";
import { ruleProblems } from "../rule-problems.js";

describe("defaultsOnColumns", () => {
  it("refuses defaults anywhere but on columns", () => {
    expect(
      ruleProblems(
        defaultsOnColumns,
        `component A { x: i32 = 1 }
struct B { x: i32 = 1 }
error C { x: i32 = 2 }
event D { x: i32 = 3 }
session { x: i32 = 4 }
system e(x: i32 = 5)`,
      ),
    ).toEqual(["HT3013 1", "HT3013 2", "HT3013 3", "HT3013 4", "HT3013 5"]);
  });

  it("says nothing of a default that is missing", () => {
    expect(ruleProblems(defaultsOnColumns, "struct B { x: i32 = }")).toEqual([]);
  });
});
