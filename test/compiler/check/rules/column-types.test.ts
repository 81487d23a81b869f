import { describe, expect, it } from "vitest";
import { columnTypes } from "../../../../compiler/check/rules/column-types.js";
import { ruleProblems } from "../rule-problems.js";

describe("columnTypes", () => {
  it("refuses lists and structs in components and the session", () => {
    expect(
      ruleProblems(
        columnTypes,
        `struct S { x: i32 }
component A { a: S b: i32[] }
session { s: S t: bool[] }`,
      ),
    ).toEqual(["HT3010 S", "HT3010 i32[]", "HT3010 S", "HT3010 bool[]"]);
  });

  it("lets other declarations have them", () => {
    expect(
      ruleProblems(
        columnTypes,
        `struct S { x: i32 }
struct T { a: S, b: i32[] }
event E { a: S[] }
endpoint p(a: S): S[]`,
      ),
    ).toEqual([]);
  });
});
