import { describe, expect, it } from "vitest";
import { indexKeySizes } from "../../../../compiler/check/rules/index-key-sizes.js";
import { ruleProblems } from "../rule-problems.js";

describe("indexKeySizes", () => {
  it("takes a key of 1024 bytes", () => {
    expect(
      ruleProblems(
        indexKeySizes,
        `@index(a, b)
component A { a: string(254) b: i64 c: string(256) @unique }`,
      ),
    ).toEqual([]);
  });

  it("refuses one byte more", () => {
    expect(
      ruleProblems(
        indexKeySizes,
        `enum E: u8 { a }
@index(a, b)
component A { a: string(256) b: E }`,
      ),
    ).toEqual(["HT4106 @index(a, b)"]);
  });

  it("counts each type as it is stored", () => {
    expect(
      ruleProblems(
        indexKeySizes,
        `enum E: u16 { a }
@index(s, a, b, c, d, e)
component A { s: string(250) a: bool b: u16 c: f32 d: timestamp e: E f: i32 }
@index(s, a, b, c, d)
component B { s: string(252) a: bool b: u16 c: f32 d: timestamp }
@index(s, a, b, c, d)
component C { s: string(253) a: bool b: u16 c: f32 d: timestamp }`,
      ),
    ).toEqual(["HT4106 @index(s, a, b, c, d)"]);
  });
});
