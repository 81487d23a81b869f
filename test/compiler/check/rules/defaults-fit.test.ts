import { describe, expect, it } from "vitest";
import { defaultsFit } from "../../../../compiler/check/rules/defaults-fit.js";
import { ruleProblems } from "../rule-problems.js";

describe("defaultsFit", () => {
  it("takes a value of each type", () => {
    expect(
      ruleProblems(
        defaultsFit,
        `enum Team { red, blue }
component A {
  f0: bool = true
  f1: i8 = -128
  f2: u8 = 0xff
  f3: i16 = 32767
  f4: u16 = 65535
  f5: i32 = -2147483648
  f6: u32 = 4294967295
  f7: i64 = -9223372036854775808
  f8: u64 = 18446744073709551615
  f9: f32 = 1
  f10: f64 = -1.5e-3
  f11: timestamp = now
  f12: timestamp = 8640000000000000
  f13: string(3) = "abc"
  f14: bytes(2) = "é"
  f15: Team = blue
}`,
      ),
    ).toEqual([]);
  });

  it("refuses what is just outside of the type", () => {
    expect(
      ruleProblems(
        defaultsFit,
        `enum Team { red, blue }
component A {
  f0: i8 = -129
  f1: u8 = 256
  f2: i16 = 32768
  f3: u16 = -1
  f4: i32 = 2147483648
  f5: u32 = 4294967296
  f6: i64 = 9223372036854775808
  f7: u64 = -1
  f8: f32 = 3.5e38
  f9: f64 = 1e309
  f10: timestamp = 8640000000000001
}`,
      ),
    ).toEqual([
      "HT3015 -129",
      "HT3015 256",
      "HT3015 32768",
      "HT3015 -1",
      "HT3015 2147483648",
      "HT3015 4294967296",
      "HT3015 9223372036854775808",
      "HT3015 -1",
      "HT3015 3.5e38",
      "HT3015 1e309",
      "HT3015 8640000000000001",
    ]);
  });

  it("refuses values of other types", () => {
    expect(
      ruleProblems(
        defaultsFit,
        `enum Team { red, blue }
component A {
  f0: bool = 1
  f1: i32 = "1"
  f2: i32 = 1.5
  f3: i32 = true
  f4: string(3) = 1
  f5: bytes(3) = red
  f6: f32 = red
  f7: Team = 1
  f8: timestamp = "now"
}`,
      ),
    ).toEqual([
      "HT3014 1",
      'HT3014 "1"',
      "HT3014 1.5",
      "HT3014 true",
      "HT3014 1",
      "HT3014 red",
      "HT3014 red",
      "HT3014 1",
      'HT3014 "now"',
    ]);
  });

  it("counts code points of strings and bytes of bytes", () => {
    expect(
      ruleProblems(
        defaultsFit,
        `enum Team { red, blue }
component A {
  f0: string(2) = "\\u{1F600}\\u{1F600}"
  f1: string(1) = "ab"
  f2: bytes(1) = "é"
}`,
      ),
    ).toEqual(['HT3016 "ab"', 'HT3016 "é"']);
  });

  it("refuses values that an enum does not have, and ones with a prefix", () => {
    expect(
      ruleProblems(
        defaultsFit,
        `enum Team { red, blue }
component A {
  f0: Team = green
  f1: Team = Team.red
}`,
      ),
    ).toEqual(["HT3017 green", "HT3017 Team.red"]);
  });

  it("takes now for timestamps only", () => {
    expect(
      ruleProblems(
        defaultsFit,
        `enum Team { red, blue }
component A {
  f0: i64 = now
  f1: timestamp = now
}`,
      ),
    ).toEqual(["HT3018 now"]);
  });

  it("lets an enum have values called true and now", () => {
    expect(
      ruleProblems(
        defaultsFit,
        `enum E { true, now }
component A { a: E = true b: E = now }`,
      ),
    ).toEqual([]);
  });

  it("says nothing when the type is not known", () => {
    expect(
      ruleProblems(
        defaultsFit,
        `enum Team { red, blue }
component A {
  f0: Nothing = 5
}`,
      ),
    ).toEqual([]);
  });
});
