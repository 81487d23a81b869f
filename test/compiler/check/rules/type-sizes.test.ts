import { describe, expect, it } from "vitest";
import { typeSizes } from "../../../../compiler/check/rules/type-sizes.js";
import { ruleProblems } from "../rule-problems.js";

describe("typeSizes", () => {
  it("demands a size of strings and bytes", () => {
    expect(ruleProblems(typeSizes, "struct A { x: string, y: bytes[] }")).toEqual(["HT3001 string", "HT3001 bytes"]);
  });

  it("refuses a size on other types", () => {
    expect(
      ruleProblems(
        typeSizes,
        `enum B { one }
struct A { x: i32(4), y: B(1) }`,
      ),
    ).toEqual(["HT3002 4", "HT3002 1"]);
  });

  it("takes sizes from 1 to 65535", () => {
    expect(ruleProblems(typeSizes, "struct A { a: string(1), b: string(65535), c: bytes(0xffff) }")).toEqual([]);
  });

  it("refuses sizes outside of that", () => {
    expect(ruleProblems(typeSizes, "struct A { a: string(0), b: string(65536), c: bytes(-1), d: bytes(1.5) }")).toEqual(
      ["HT3003 0", "HT3003 65536", "HT3003 -1", "HT3003 1.5"],
    );
  });
});
