import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../../compiler/model/canonical-json.js";
import { compiled } from "./compiled.js";

const BASE = "enum E { a, b }\n@permission(user)\ncomponent A {\n  x: i32 = 0\n  e: E\n}\nsystem s(x: i32) uses A";

describe("fingerprints", () => {
  const of = (...texts: readonly string[]): string => compiled(...texts).fingerprint;

  it("are sha256 in hexadecimal", () => {
    const model = compiled(BASE);
    expect(model.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(model.namespaces[0]?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
  });

  it("do not depend on documentation, comments, white space and deprecations", () => {
    const other =
      '// x\n/// Doc.\nenum E {\n  /// Value.\n  a @deprecated("why")\n  b\n}\n@deprecated("why") @permission(user)\n' +
      'component A { x: i32 = 0 @deprecated("why"), e: E }\n\n/// Doc.\n@deprecated("why")\nsystem s(x: i32) uses A';
    expect(of(other)).toBe(of(BASE));
  });

  it.each([
    ["a name", "x: i32 = 0", "y: i32 = 0"],
    ["a type", "x: i32 = 0", "x: i64 = 0"],
    ["a default", "x: i32 = 0", "x: i32 = 1"],
    ["an enum value", "{ a, b }", "{ a, b = 7 }"],
    ["a permission", "@permission(user)", "@permission(everybody)"],
    ["an index", "e: E", "e: E @index"],
    ["a parameter", "s(x: i32)", "s(x?: i32)"],
  ])("depend on %s", (_, from, to) => {
    expect(BASE).toContain(from);
    expect(of(BASE.replace(from, to))).not.toBe(of(BASE));
  });

  it("of a namespace depend on the foreign types that it uses, directly or through structs, and on nothing else of others", () => {
    const a = "namespace a\nstruct A { b: b.B }";
    const b = "namespace b\nstruct B { c: C[] }\nenum C { one }\nenum D { one }";
    const printOf = (text: string): string | undefined => compiled(a, text).namespaces[0]?.fingerprint;
    expect(printOf(b.replace("enum D { one }", "enum D { two }"))).toBe(printOf(b));
    expect(printOf(b.replace("enum C { one }", "enum C { two }"))).not.toBe(printOf(b));
  });
});

describe("canonicalJson", () => {
  it("sorts keys, keeps lists and leaves out white space and keys without a value", () => {
    expect(canonicalJson({ b: [2, 1], a: { d: "é", c: null }, e: undefined })).toBe(
      '{"a":{"c":null,"d":"é"},"b":[2,1]}',
    );
  });

  it("leaves out keys at any depth", () => {
    expect(canonicalJson([{ a: 1, doc: "x", b: { doc: "y" } }], new Set(["doc"]))).toBe('[{"a":1,"b":{}}]');
  });
});
