import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SourceFile } from "../../../compiler/source/source-file.js";
import { span, spanning, spanText, touches } from "../../../compiler/source/span.js";

const file = (text: string): SourceFile => new SourceFile("a.hetu", text);

describe("SourceFile", () => {
  it("counts lines and columns from 1", () => {
    const source = file("ab\ncd");
    expect(source.position(0)).toEqual({ line: 1, column: 1 });
    expect(source.position(2)).toEqual({ line: 1, column: 3 });
    expect(source.position(3)).toEqual({ line: 2, column: 1 });
    expect(source.position(5)).toEqual({ line: 2, column: 3 });
  });

  it("ends a line at \\n, \\r\\n and a lone \\r", () => {
    const source = file("a\nb\r\nc\rd");
    expect(source.lineCount).toBe(4);
    expect([1, 2, 3, 4].map((line) => source.lineText(line))).toEqual(["a", "b", "c", "d"]);
  });

  it("gives an empty text one empty line", () => {
    expect(file("").lineCount).toBe(1);
    expect(file("").position(0)).toEqual({ line: 1, column: 1 });
    expect(file("").lineText(1)).toBe("");
  });

  it("counts a character outside the basic plane as two columns, and as one for display", () => {
    const source = file('"😀" x');
    expect(source.position(5)).toEqual({ line: 1, column: 6 });
    expect(source.displayPosition(5)).toEqual({ line: 1, column: 5 });
  });

  it("clamps offsets and positions to the text", () => {
    const source = file("ab\ncd");
    expect(source.position(-3)).toEqual({ line: 1, column: 1 });
    expect(source.position(99)).toEqual({ line: 2, column: 3 });
    expect(source.offsetAt({ line: 1, column: 99 })).toBe(2);
    expect(source.offsetAt({ line: 99, column: 1 })).toBe(5);
    expect(source.lineText(7)).toBe("");
  });

  it("finds the offset of each position that it gives", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("a", "é", "😀", "\n", "\r\n", " ")), fc.nat(40), (parts, at) => {
        const source = file(parts.join(""));
        const offset = Math.min(at, source.text.length);
        const { line, column } = source.position(offset);
        const found = source.offsetAt({ line, column });
        // Between the two characters of a line break there is no position of its own.
        const inBreak = source.text[offset - 1] === "\r" && source.text[offset] === "\n";
        expect(found).toBe(inBreak ? offset - 1 : offset);
      }),
    );
  });
});

describe("Span", () => {
  const source = file("one two three");

  it("gives the text under it", () => {
    expect(spanText(span(source, 4, 7))).toBe("two");
  });

  it("reaches from the first span to the end of the last", () => {
    expect(spanText(spanning(span(source, 0, 3), span(source, 4, 7)))).toBe("one two");
    expect(spanText(spanning(span(source, 0, 7), span(source, 4, 5)))).toBe("one two");
  });

  it("is touched by a cursor in it and directly behind it", () => {
    const two = span(source, 4, 7);
    expect([3, 4, 7, 8].map((offset) => touches(two, offset))).toEqual([false, true, true, false]);
  });
});
