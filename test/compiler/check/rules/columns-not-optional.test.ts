import { describe, expect, it } from "vitest";
import { columnsNotOptional } from "../../../../compiler/check/rules/columns-not-optional.js";
import { ruleProblems } from "../rule-problems.js";

describe("columnsNotOptional", () => {
  it("refuses optional columns and session fields", () => {
    expect(
      ruleProblems(
        columnsNotOptional,
        `component A { x?: i32 }
session { y?: i32 }`,
      ),
    ).toEqual(["HT3011 ?", "HT3011 ?"]);
  });

  it("lets other fields be optional", () => {
    expect(
      ruleProblems(
        columnsNotOptional,
        `struct A { x?: i32 }
error B { x?: i32 }
event C { x?: i32 }
endpoint p(x?: i32)`,
      ),
    ).toEqual([]);
  });
});
