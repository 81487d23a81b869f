import { describe, expect, it } from "vitest";
import { knownTypes } from "../../../../compiler/check/rules/known-types.js";
import { compileSources } from "../../../../compiler/pipeline.js";
import { ruleProblems } from "../rule-problems.js";

describe("knownTypes", () => {
  it("refuses a type that is not declared, in fields, parameters and results", () => {
    expect(
      ruleProblems(
        knownTypes,
        `struct A { x: Q }
system a(x: R[]): S`,
      ),
    ).toEqual(["HT2009 Q", "HT2009 R", "HT2009 S"]);
  });

  it("tells of each place once", () => {
    expect(ruleProblems(knownTypes, "struct A { x: Q, y: Q }")).toEqual(["HT2009 Q", "HT2009 Q"]);
  });

  it("refuses components, errors and events as types", () => {
    expect(
      ruleProblems(
        knownTypes,
        `component C { x: i32 }
error E { x: i32 }
event V { x: i32 }
struct A { c: C, e: E, v: V[] }`,
      ),
    ).toEqual(["HT2010 C", "HT2010 E", "HT2010 V"]);
  });

  it("takes types of other namespaces by their full name only", () => {
    expect(
      ruleProblems(
        knownTypes,
        `namespace a
struct A { x: b.B, y: B }`,
        `namespace b
enum B { one }`,
      ),
    ).toEqual(["HT2009 B"]);
  });

  it("refuses a namespace that there is not", () => {
    expect(ruleProblems(knownTypes, "struct A { x: itens.B }")).toEqual(["HT2008 itens"]);
  });

  it("prefers nothing over the own namespace", () => {
    expect(
      ruleProblems(
        knownTypes,
        `namespace a
struct A { x: B }
struct B { x: i32 }`,
        `namespace b
enum B { one }`,
      ),
    ).toEqual([]);
  });

  it("says nothing of a name that may be declared in text that could not be read", () => {
    expect(
      ruleProblems(
        knownTypes,
        `struct A { x: Broken }
struct Broken { ] [ `,
      ),
    ).toEqual([]);
  });

  it("says nothing of a type that could not be read", () => {
    expect(ruleProblems(knownTypes, "struct A { x: }")).toEqual([]);
  });

  it("says nothing of a generic type of another language: its `<` has been told", () => {
    expect(ruleProblems(knownTypes, "struct A { x: Array<i32> }\nendpoint b(): List<i32>")).toEqual([]);
  });

  it.each([
    ["int32", "i32"],
    ["Uint8", "u8"],
    ["String", "string(32)"],
    ["varchar(20)", "string"],
    ["DateTime", "timestamp"],
  ])("tells what %s of another language is called here", (type, better) => {
    const { diagnostics } = compileSources([{ path: "a.hetu", text: `namespace a\nstruct A { x: ${type} }` }]);
    expect(diagnostics.map(({ code, help }) => `${code} ${help ?? ""}`)).toEqual([
      `HT2009 did you mean \`${better}\`?`,
    ]);
  });
});
