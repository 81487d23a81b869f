import { describe, expect, it } from "vitest";
import { optionalParametersLast } from "../../../../compiler/check/rules/optional-parameters-last.js";
import { ruleProblems } from "../rule-problems.js";

describe("optionalParametersLast", () => {
  it("refuses optional parameters before one that is not", () => {
    expect(ruleProblems(optionalParametersLast, "system a(x?: i32, y?: i32, z: i32)")).toEqual([
      "HT3012 x",
      "HT3012 y",
    ]);
  });

  it("takes optional parameters at the end", () => {
    expect(ruleProblems(optionalParametersLast, "endpoint a(x: i32, y?: i32, z?: i32)")).toEqual([]);
  });
});
