import { describe, expect, it } from "vitest";
import { boundedCopies } from "../../../../compiler/check/rules/bounded-copies.js";
import { ruleProblems } from "../rule-problems.js";

/** A chain of systems, each calling the next under a suffix. */
function chain(length: number, suffix: (step: number) => string): string {
  const steps = Array.from({ length }, (_, step) => `system s${step}() uses A calls s${step + 1}:${suffix(step)}`);
  return ["component A { x: i32 }", ...steps, `system s${length}() uses A`].join("\n");
}

describe("boundedCopies", () => {
  it("refuses suffixes that multiply without bound", () => {
    expect(
      ruleProblems(
        boundedCopies,
        chain(150, (step) => `X${step}`),
      ),
    ).toEqual(["HT5010 s1:X0"]);
  });

  it("takes the same suffix everywhere", () => {
    expect(
      ruleProblems(
        boundedCopies,
        chain(150, () => "X"),
      ),
    ).toEqual([]);
  });
});
