import { describe, expect, it } from "vitest";
import { enumValuesFit } from "../../../../compiler/check/rules/enum-values-fit.js";
import { ruleProblems } from "../rule-problems.js";

describe("enumValuesFit", () => {
  it("takes the least and the greatest value of the base", () => {
    expect(
      ruleProblems(
        enumValuesFit,
        `enum A: i8 { a = -128, b = 127 }
enum B: u8 { a, b = 255 }
enum C { a = -2147483648, b = 2147483647 }
enum D: u32 { a = 0xffffffff }`,
      ),
    ).toEqual([]);
  });

  it("refuses one below and one above", () => {
    expect(
      ruleProblems(
        enumValuesFit,
        `enum A: i8 { a = -129, b = 128 }
enum B: u8 { a = -1, b = 256 }
enum C { a = 2147483648 }`,
      ),
    ).toEqual(["HT3006 -129", "HT3006 128", "HT3006 -1", "HT3006 256", "HT3006 2147483648"]);
  });

  it("counts on from the previous value and tells of the first that is too large", () => {
    expect(ruleProblems(enumValuesFit, "enum A: u8 { a = 255, b, c, d }")).toEqual(["HT3006 b"]);
  });

  it("refuses what is not written as an integer", () => {
    expect(ruleProblems(enumValuesFit, "enum A { a = 1.5, b = 1e3 }")).toEqual(["HT3008 1.5", "HT3008 1e3"]);
  });
});
