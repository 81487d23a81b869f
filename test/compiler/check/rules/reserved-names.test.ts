import { describe, expect, it } from "vitest";
import { reservedNames } from "../../../../compiler/check/rules/reserved-names.js";
import { ruleProblems } from "../rule-problems.js";

describe("reservedNames", () => {
  it("refuses columns called id and version", () => {
    expect(ruleProblems(reservedNames, "component A { id: i64 version: i32 }")).toEqual([
      "HT2007 id",
      "HT2007 version",
    ]);
  });

  it("lets other fields and parameters be called so", () => {
    expect(
      ruleProblems(
        reservedNames,
        `struct A { id: i64, version: i32 }
endpoint find(id: i64): i32
enum B { id }`,
      ),
    ).toEqual([]);
  });

  it("refuses types that are called like built-in ones, or id", () => {
    expect(
      ruleProblems(
        reservedNames,
        `struct string { x: i32 }
enum i32 { a }
event id { x: bool }`,
      ),
    ).toEqual(["HT2007 string", "HT2007 i32", "HT2007 id"]);
  });

  it("lets fields be called like built-in types", () => {
    expect(ruleProblems(reservedNames, "struct A { timestamp: timestamp, bool: bool }")).toEqual([]);
  });

  it("refuses the namespace core", () => {
    expect(
      ruleProblems(
        reservedNames,
        `namespace core
struct A { x: i32 }`,
      ),
    ).toEqual(["HT2007 core"]);
  });
});
