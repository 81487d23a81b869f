import { describe, expect, it } from "vitest";
import { acyclicStructs } from "../../../../compiler/check/rules/acyclic-structs.js";
import { ruleProblems } from "../rule-problems.js";

describe("acyclicStructs", () => {
  it("refuses a struct that contains itself through a list", () => {
    expect(ruleProblems(acyclicStructs, "struct A { a: A[] }")).toEqual(["HT3009 A[]"]);
  });

  it("refuses a cycle of several structs, once", () => {
    expect(
      ruleProblems(
        acyclicStructs,
        `struct A { b: B }
struct B { c?: C }
struct C { a: A }`,
      ),
    ).toEqual(["HT3009 A"]);
  });

  it("follows structs of other namespaces", () => {
    expect(
      ruleProblems(
        acyclicStructs,
        `namespace a
struct A { b: b.B }`,
        `namespace b
struct B { a: a.A }`,
      ),
    ).toEqual(["HT3009 a.A"]);
  });

  it("lets a struct be used many times", () => {
    expect(
      ruleProblems(
        acyclicStructs,
        `struct A { x: i32 }
struct B { a: A, b: A }
struct C { a: A, b: B }`,
      ),
    ).toEqual([]);
  });
});
