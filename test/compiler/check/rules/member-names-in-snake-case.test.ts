import { describe, expect, it } from "vitest";
import { memberNamesInSnakeCase } from "../../../../compiler/check/rules/member-names-in-snake-case.js";
import { ruleProblems } from "../rule-problems.js";

describe("memberNamesInSnakeCase", () => {
  it("warns of members in another casing", () => {
    expect(
      ruleProblems(
        memberNamesInSnakeCase,
        `struct A { aB: i32 }
enum E { Red }
system DoIt(X: i32)`,
      ),
    ).toEqual(["HT6002 DoIt", "HT6002 aB", "HT6002 X", "HT6002 Red"]);
  });

  it("warns of a namespace in another casing", () => {
    expect(
      ruleProblems(
        memberNamesInSnakeCase,
        `namespace MyShop
struct A { x: i32 }`,
      ),
    ).toEqual(["HT6002 MyShop"]);
  });

  it("takes snake_case with digits", () => {
    expect(ruleProblems(memberNamesInSnakeCase, "struct A { a_1: i32, b2: i32, c_: i32 }")).toEqual([]);
  });
});
