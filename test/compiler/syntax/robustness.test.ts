import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../../compiler/diagnostics/diagnostic.js";
import type { Span } from "../../../compiler/source/span.js";
import { MAX_SYNTAX_ERRORS } from "../../../compiler/syntax/token-cursor.js";
import { HEADER, parseText } from "./parsing.js";
import { schemaText, tokenSoup } from "./schema-arbitrary.js";

/** Every span in a tree. */
function spansOf(node: unknown, found: Span[] = []): Span[] {
  if (Array.isArray(node)) for (const item of node) spansOf(item, found);
  else if (typeof node === "object" && node !== null && !("lineCount" in node)) {
    if ("start" in node && "end" in node && "file" in node) found.push(node as Span);
    else for (const value of Object.values(node)) spansOf(value, found);
  }
  return found;
}

function expectSound(text: string): readonly Diagnostic[] {
  const { tree, diagnostics } = parseText(text);
  for (const { start, end } of [...spansOf(tree), ...spansOf(diagnostics)]) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(end).toBeLessThanOrEqual(text.length);
  }
  return diagnostics;
}

describe("the parser", () => {
  it("finds nothing to complain of in what the grammar yields, laid out in any way", () => {
    fc.assert(
      fc.property(schemaText, (text) => {
        expect(expectSound(text).filter(({ severity }) => severity === "error")).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("gives a tree with sound spans for any sequence of tokens", () => {
    fc.assert(
      fc.property(tokenSoup, (text) => void expectSound(HEADER + text)),
      { numRuns: 1000 },
    );
  });

  it("gives a tree with sound spans for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => void expectSound(text)),
      { numRuns: 500 },
    );
  });

  it("gives a tree with sound spans for any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void expectSound(new TextDecoder().decode(bytes))),
      { numRuns: 500 },
    );
  });

  it("gives a tree with sound spans for a schema with pieces cut out and put in", () => {
    const edit = fc.tuple(fc.nat(), fc.nat(8), tokenSoup);
    fc.assert(
      fc.property(schemaText, fc.array(edit, { minLength: 1, maxLength: 4 }), (schema, edits) => {
        const text = edits.reduce((of, [at, length, added]) => {
          const start = at % (of.length + 1);
          return of.slice(0, start) + added.slice(0, 12) + of.slice(start + length);
        }, schema);
        expectSound(text);
      }),
      { numRuns: 1000 },
    );
  });

  it("complains of each text that it does not read in full", () => {
    fc.assert(
      fc.property(tokenSoup, (text) => {
        const { tree, diagnostics } = parseText(HEADER + text);
        if (tree.skipped.length > 0) expect(diagnostics.some(({ severity }) => severity === "error")).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  const units = [
    ...["(", "[", "{", "}", "@", "@a(", "@a ", "@a\n", "#a ", "a\n", "a: ", "a: i32 ", "a: T[][", "\\u{", '"\\', '"'],
    ...["/*", "///x\n", "//\n", "struct A { ", "system a(", "system a() { ", "enum E : x ", "session { ", "uses a, "],
    ...[
      "struct A {\n@x\n",
      "system a() @b ",
      "components A {",
      "@x\ncomponants A {\n",
      "@a(x == ",
      "1_",
      "😀",
      "\ud800",
    ],
  ];

  it.each(units)("gets through 100 KB of %j and shows no more than its limit", (unit) => {
    const many = unit.repeat(Math.ceil(100_000 / unit.length));
    for (const before of ["", HEADER, `${HEADER}component A {\n`, `${HEADER}system b(`, `${HEADER}system b() uses `]) {
      const { diagnostics } = parseText(before + many);
      expect(diagnostics.length).toBeLessThanOrEqual(MAX_SYNTAX_ERRORS + 1);
    }
  });

  it("says so when it shows only the first errors", () => {
    const { diagnostics } = parseText(HEADER + "struct S { a: }\n".repeat(150));
    expect(diagnostics.map(({ code }) => code)).toEqual([...Array.from({ length: 100 }, () => "HT1010"), "HT1099"]);
  });

  it("shows all errors up to its limit without a word about it", () => {
    const { diagnostics } = parseText(HEADER + "struct S { a: }\n".repeat(100));
    expect(diagnostics).toHaveLength(100);
    expect(diagnostics.every(({ code }) => code === "HT1010")).toBe(true);
  });
});
