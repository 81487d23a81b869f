import { describe, expect, it } from "vitest";
import { printText, summarize } from "../../../../compiler/diagnostics/print/text.js";
import { file, sample, spanOf } from "./sample.js";

const lines = (...text: readonly string[]): string => `${text.join("\n")}\n`;

describe("printText", () => {
  it("prints code, place, source, underline and help", () => {
    const source = file("namespace shop\n\nstruct Paint { color: Colour }\n");
    const printed = printText([sample(spanOf(source, "Colour"), { help: "did you mean `Color`?" })]);
    expect(printed).toBe(
      lines(
        "error[HT2009]: something is wrong",
        " --> schema/shop.hetu:3:23",
        "  |",
        "3 | struct Paint { color: Colour }",
        "  |                       ^^^^^^",
        "  |",
        "  = help: did you mean `Color`?",
      ),
    );
  });

  it("leaves an empty line between two diagnostics, and none when there is no help", () => {
    const source = file("ab");
    const printed = printText([sample(spanOf(source, "a")), sample(spanOf(source, "b"), { severity: "warning" })]);
    expect(printed).toBe(
      lines(
        "error[HT2009]: something is wrong",
        " --> schema/shop.hetu:1:1",
        "  |",
        "1 | ab",
        "  | ^",
        "",
        "warning[HT2009]: something is wrong",
        " --> schema/shop.hetu:1:2",
        "  |",
        "1 | ab",
        "  |  ^",
      ),
    );
  });

  it("shows a related place of the same file in the order of the lines, with the gap marked", () => {
    const source = file("one first\n\n\n\n\n\n\n\n\ntwo second\n");
    const related = [{ message: "first declared here", span: spanOf(source, "first") }];
    const printed = printText([sample(spanOf(source, "second"), { related })]);
    expect(printed).toBe(
      lines(
        "error[HT2009]: something is wrong",
        "  --> schema/shop.hetu:10:5",
        "   |",
        " 1 | one first",
        "   |     ----- first declared here",
        "...",
        "10 | two second",
        "   |     ^^^^^^",
      ),
    );
  });

  it("shows a related place of another file in a block of its own", () => {
    const here = file("one");
    const there = file("\ntwo", "schema/other.hetu");
    const related = [{ message: "declared here", span: spanOf(there, "two") }];
    expect(printText([sample(spanOf(here, "one"), { related })])).toBe(
      lines(
        "error[HT2009]: something is wrong",
        " --> schema/shop.hetu:1:1",
        "  |",
        "1 | one",
        "  | ^^^",
        " ::: schema/other.hetu:2:1",
        "  |",
        "2 | two",
        "  | --- declared here",
      ),
    );
  });

  it("aligns the underline after tabs", () => {
    const source = file("\tx\ty");
    expect(printText([sample(spanOf(source, "y"))])).toContain("1 |     x   y\n  |         ^\n");
  });

  it("gives wide characters two columns and combining ones none", () => {
    const source = file('"价格" e\u0301 x');
    expect(printText([sample(spanOf(source, "x"))])).toContain('1 | "价格" e\u0301 x\n  |          ^\n');
    expect(printText([sample(spanOf(source, "价格"))])).toContain("  |  ^^^^\n");
  });

  it("counts a character outside of the basic plane once in the place and twice in the underline", () => {
    const source = file("😀 x");
    const printed = printText([sample(spanOf(source, "x"))]);
    expect(printed).toContain(":1:3\n");
    expect(printed).toContain("1 | 😀 x\n  |    ^\n");
  });

  it("shows control and direction characters as replacement characters", () => {
    const source = file("a\u0007\u202Eb x");
    expect(printText([sample(spanOf(source, "x"))])).toContain("1 | a\uFFFD\uFFFDb x\n  |      ^\n");
  });

  it("marks the first and the last line of a span over several lines", () => {
    const source = file("component A {\n  x: i32\n  y: i32\n}\n");
    const span = { file: source, start: 0, end: source.text.indexOf("}") + 1 };
    expect(printText([sample(span)])).toBe(
      lines(
        "error[HT2009]: something is wrong",
        " --> schema/shop.hetu:1:1",
        "  |",
        "1 | component A {",
        "  | ^^^^^^^^^^^^^",
        "...",
        "4 | }",
        "  | ^",
      ),
    );
  });

  it("underlines one column where nothing is, also at the end of the file", () => {
    const source = file("struct A {");
    const span = { file: source, start: source.text.length, end: source.text.length };
    expect(printText([sample(span)])).toContain("1 | struct A {\n  |           ^\n");
  });

  it("cuts a very long line around the place", () => {
    const source = file(`${"a".repeat(500)} here ${"b".repeat(500)}`);
    const printed = printText([sample(spanOf(source, "here"))], { width: 40 });
    expect(printed).toContain(`1 | …${"a".repeat(19)} here ${"b".repeat(13)}…\n`);
    expect(printed).toContain(`  | ${" ".repeat(21)}^^^^\n`);
  });

  it("cuts the underline of a place that is longer than the line shown", () => {
    const source = file("x".repeat(500));
    const [, , , code, underline] = printText([sample(spanOf(source, source.text))], { width: 40 }).split("\n");
    expect(code).toBe(`1 | ${"x".repeat(39)}…`);
    expect(underline).toBe(`  | ${"^".repeat(39)}`);
  });

  it("keeps the lines of a help of several lines aligned", () => {
    const source = file("x");
    expect(printText([sample(spanOf(source, "x"), { help: "one\ntwo" })])).toContain("  = help: one\n          two\n");
  });

  it("colours only when asked to", () => {
    const source = file("x");
    const diagnostic = sample(spanOf(source, "x"), { severity: "warning" });
    expect(printText([diagnostic])).not.toContain("\u001b");
    expect(printText([diagnostic], { color: true })).toContain("\u001b[1;33mwarning[HT2009]\u001b[0m");
  });

  it("prints nothing for nothing", () => {
    expect(printText([])).toBe("");
  });
});

describe("summarize", () => {
  it("counts each severity", () => {
    const span = spanOf(file("x"), "x");
    const all = [sample(span), sample(span), sample(span, { severity: "warning" }), sample(span, { severity: "hint" })];
    expect(summarize(all)).toBe("2 errors, 1 warning, 1 hint");
    expect(summarize([])).toBe("");
  });
});
