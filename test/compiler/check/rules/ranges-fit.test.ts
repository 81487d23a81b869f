import { describe, expect, it } from "vitest";
import { rangesFit } from "../../../../compiler/check/rules/ranges-fit.js";
import { ruleProblems } from "../rule-problems.js";

describe("rangesFit", () => {
  it("takes a range on every number", () => {
    expect(
      ruleProblems(
        rangesFit,
        `component A { a: i8 = 0 @range(-128, 127) b: u64 = 0 @range(0, 18446744073709551615) c: f32 = 0.1 @range(0.1, 1) }
endpoint p(x: f64 @range(-1e9, 1e9))`,
      ),
    ).toEqual([]);
  });

  it("refuses a range on anything else", () => {
    expect(
      ruleProblems(
        rangesFit,
        "endpoint p(a: string(3) @range(0, 1), b: bool @range(0, 1), c: i32[] @range(0, 1), d: timestamp @range(0, 1))",
      ),
    ).toEqual(["HT4101 @range(0, 1)", "HT4101 @range(0, 1)", "HT4101 @range(0, 1)", "HT4101 @range(0, 1)"]);
  });

  it("refuses bounds that are not of the type", () => {
    expect(
      ruleProblems(rangesFit, "endpoint p(a: u8 @range(-1, 5), b: i32 @range(0, 1.5), c: f32 @range(0, 1e39))"),
    ).toEqual(["HT4102 -1", "HT4102 1.5", "HT4102 1e39"]);
  });

  it("refuses a range that nothing lies in", () => {
    expect(
      ruleProblems(rangesFit, "endpoint p(a: i32 @range(2, 1), b: i64 @range(10, 9), c: i32 @range(1, 1))"),
    ).toEqual(["HT4103 @range(2, 1)", "HT4103 @range(10, 9)"]);
  });

  it("refuses a default outside of the range", () => {
    expect(
      ruleProblems(
        rangesFit,
        "component A { a: i32 = 0 @range(1, 9) b: i64 = 10 @range(1, 9) c: i32 = 9 @range(1, 9) }",
      ),
    ).toEqual(["HT4104 0", "HT4104 10"]);
  });
});
