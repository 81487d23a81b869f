import { describe, expect, it } from "vitest";
import { rlsOperands } from "../../../../compiler/check/rules/rls-operands.js";
import { ruleProblems } from "../rule-problems.js";

describe("rlsOperands", () => {
  it("takes every operator for what has an order", () => {
    expect(
      ruleProblems(
        rlsOperands,
        `session { a: i64 b: string(9) }
@rls(a <= ctx.a) @rls(a > ctx.caller) @rls(b < ctx.b)
component A { a: i64 b: string(4) }`,
      ),
    ).toEqual([]);
  });

  it("takes only equality for bool and enums, and nothing for bytes", () => {
    expect(
      ruleProblems(
        rlsOperands,
        `enum E { a }
session { a: bool b: E c: bytes(4) }
@rls(a < ctx.a) @rls(b >= ctx.b) @rls(c == ctx.c) @rls(a != ctx.a) @rls(b == ctx.b)
component A { a: bool b: E c: bytes(4) }`,
      ),
    ).toEqual(["HT4113 <", "HT4113 >=", "HT4113 =="]);
  });

  it("refuses sides of different types", () => {
    expect(
      ruleProblems(
        rlsOperands,
        `enum E { a }
enum F { a }
session { a: i32 b: F }
@rls(a == ctx.a) @rls(b == ctx.b) @rls(c == ctx.caller)
component A { a: i64 b: E c: u64 }`,
      ),
    ).toEqual(["HT4114 a == ctx.a", "HT4114 b == ctx.b", "HT4114 c == ctx.caller"]);
  });
});
