import { describe, expect, it } from "vitest";
import { placedAttributes } from "../../../../compiler/check/rules/placed-attributes.js";
import { ruleProblems } from "../rule-problems.js";

describe("placedAttributes", () => {
  it("refuses attributes where they do not belong", () => {
    expect(
      ruleProblems(
        placedAttributes,
        `@unique
struct A { x: i32 @index, y: i32 @permission(admin) }
@volatile
system a()
@retry(1)
endpoint b()
@once
endpoint c()`,
      ),
    ).toEqual([
      "HT4002 @unique",
      "HT4002 @index",
      "HT4002 @permission(admin)",
      "HT4002 @volatile",
      "HT4002 @retry(1)",
      "HT4002 @once",
    ]);
  });

  it("lets deprecated stand on everything that targets see", () => {
    expect(
      ruleProblems(
        placedAttributes,
        `@deprecated("a")
enum E { v @deprecated("b") }
@deprecated("c")
component C { x: i32 @deprecated("d") }
@deprecated("e")
system s(x: i32 @deprecated("f"))`,
      ),
    ).toEqual([]);
  });

  it("leaves attributes that there are not to their own rule", () => {
    expect(
      ruleProblems(
        placedAttributes,
        `@foo
system s()`,
      ),
    ).toEqual([]);
  });
});
