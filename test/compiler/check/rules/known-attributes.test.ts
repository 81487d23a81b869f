import { describe, expect, it } from "vitest";
import { knownAttributes } from "../../../../compiler/check/rules/known-attributes.js";
import { ruleProblems } from "../rule-problems.js";

describe("knownAttributes", () => {
  it("refuses attributes that there are not, wherever they stand", () => {
    expect(
      ruleProblems(
        knownAttributes,
        `@indx(a, b)
component A { x: i32 @uniqe }
enum E { a @foo }
system s(x: i32 @bar)`,
      ),
    ).toEqual(["HT4001 indx", "HT4001 uniqe", "HT4001 foo", "HT4001 bar"]);
  });
});
