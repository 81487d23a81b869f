import { describe, expect, it } from "vitest";
import { enumBases } from "../../../../compiler/check/rules/enum-bases.js";
import { ruleProblems } from "../rule-problems.js";

describe("enumBases", () => {
  it("takes integers of 8 to 32 bits", () => {
    expect(
      ruleProblems(
        enumBases,
        `enum A: i8 { a }
enum B: u32 { a }
enum C { a }`,
      ),
    ).toEqual([]);
  });

  it("refuses everything else", () => {
    expect(
      ruleProblems(
        enumBases,
        `enum A: i64 { a }
enum B: u64 { a }
enum C: f32 { a }
enum D: Team { a }
enum E: bool { a }`,
      ),
    ).toEqual(["HT3004 i64", "HT3004 u64", "HT3004 f32", "HT3004 Team", "HT3004 bool"]);
  });
});
