import { describe, expect, it } from "vitest";
import { targetNamesDiffer } from "../../../../compiler/check/rules/target-names-differ.js";
import { ruleProblems } from "../rule-problems.js";

describe("targetNamesDiffer", () => {
  it("refuses types and calls that meet", () => {
    expect(
      ruleProblems(
        targetNamesDiffer,
        `struct FooBar { x: i32 }
event foo_bar { x: i32 }
endpoint do_it()
system doIt()`,
      ),
    ).toEqual(["HT2015 foo_bar", "HT2015 doIt"]);
  });

  it("refuses a type that meets the context of a system", () => {
    expect(
      ruleProblems(
        targetNamesDiffer,
        `struct MoveToContext { x: i32 }
system move_to()`,
      ),
    ).toEqual(["HT2015 move_to"]);
  });

  it("refuses namespaces that meet", () => {
    expect(
      ruleProblems(
        targetNamesDiffer,
        `namespace my_shop
struct A { x: i32 }`,
        `namespace myShop
struct A { x: i32 }`,
      ),
    ).toEqual(["HT2015 myShop"]);
  });

  it("leaves repeated names to their own rules", () => {
    expect(
      ruleProblems(
        targetNamesDiffer,
        `struct A { a: i32 }
struct A { b: i32 }`,
      ),
    ).toEqual([]);
  });
});
