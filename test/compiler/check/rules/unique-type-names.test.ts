import { describe, expect, it } from "vitest";
import { uniqueTypeNames } from "../../../../compiler/check/rules/unique-type-names.js";
import { ruleProblems } from "../rule-problems.js";

describe("uniqueTypeNames", () => {
  it("refuses a second type of the same name, whatever the kinds are", () => {
    expect(
      ruleProblems(
        uniqueTypeNames,
        `struct A { x: i32 }
event A { x: i32 }
enum A { a }`,
      ),
    ).toEqual(["HT2001 A", "HT2001 A"]);
  });

  it("looks over all files of a namespace", () => {
    expect(ruleProblems(uniqueTypeNames, "struct A { x: i32 }", "struct A { x: i32 }")).toEqual(["HT2001 A"]);
  });

  it("lets namespaces have types of the same name", () => {
    expect(
      ruleProblems(
        uniqueTypeNames,
        `namespace a
struct A { x: i32 }`,
        `namespace b
struct A { x: i32 }`,
      ),
    ).toEqual([]);
  });

  it("lets a system have the name of a type", () => {
    expect(
      ruleProblems(
        uniqueTypeNames,
        `struct a { x: i32 }
system a()`,
      ),
    ).toEqual([]);
  });
});
