import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { format } from "../../../compiler/format/format.js";
import { SourceFile } from "../../../compiler/source/source-file.js";
import { parseText, shape } from "../syntax/parsing.js";
import { schemaText } from "../syntax/schema-arbitrary.js";

function formatted(text: string): string {
  const result = format(new SourceFile("shop.hetu", text));
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join("; "));
  return result.text;
}

/** The comments of a text, without the indent of their inner lines. */
function comments(text: string): string[] {
  const withoutIndent = (comment: string): string => comment.replace(/\s*[\r\n]+\s*/g, "\n").trimEnd();
  return parseText(text).tree.comments.map((comment) => `${comment.kind} ${withoutIndent(comment.text)}`);
}

describe("formatting any schema", () => {
  it("keeps its tree", () => {
    fc.assert(
      fc.property(schemaText, (text) => {
        expect(shape(parseText(formatted(text)).tree)).toEqual(shape(parseText(text).tree));
      }),
      { numRuns: 500 },
    );
  });

  it("keeps its comments", () => {
    fc.assert(
      fc.property(schemaText, (text) => {
        expect(comments(formatted(text))).toEqual(comments(text));
      }),
      { numRuns: 500 },
    );
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(schemaText, (text) => {
        const once = formatted(text);
        expect(formatted(once)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });

  it("leaves no white space at the end of a line and ends with one line break", () => {
    fc.assert(
      fc.property(schemaText, (text) => {
        const result = formatted(text);
        expect(result).not.toMatch(/[ \t]+\n|\n\n\n/);
        expect(result).toMatch(/[^\n]\n$/);
      }),
    );
  });
});
