import v8 from "node:v8";
import vm from "node:vm";
import { Lexer } from "chevrotain";
import fc from "fast-check";
import { describe, expect, it, test, vi } from "vitest";
import { SourceFile } from "../../../compiler/source/source-file.js";
import { changeBetween } from "../../../compiler/source/text-change.js";
import { lex, type LexedFile } from "../../../compiler/syntax/lexer.js";
import { parse, reparse } from "../../../compiler/syntax/parse.js";
import { relex } from "../../../compiler/syntax/relex.js";
import { LONGER } from "../../longer.js";
import { PIECES } from "../language-server/incremental/pieces.js";

/** What the lexer found, in a form that can be compared. */
function plain({ tokens, comments, diagnostics, refusedEnds }: LexedFile): unknown {
  const words = [tokens, comments].map((some) =>
    some.map(({ image, startOffset, endOffset, tokenType }) => [image, startOffset, endOffset, tokenType.name]),
  );
  return {
    words,
    diagnostics: diagnostics.map((each) => ({ ...each, span: [each.span.start, each.span.end] })),
    refusedEnds,
  };
}

/** Turns one text into another within one file and expects of all that is kept that it is as if read afresh. */
function expectSame(texts: readonly string[]): void {
  const [first = "", ...others] = texts;
  const file = new SourceFile("a.hetu", first);
  const lexed = lex(file);
  expect(file.lineCount).toBeGreaterThan(0);
  for (const text of others) {
    const change = changeBetween(file.text, text);
    file.replaceText(text, change);
    relex(file, lexed, change);
    const fresh = new SourceFile("a.hetu", text);
    expect(JSON.stringify(plain(lexed))).toBe(JSON.stringify(plain(lex(fresh))));
    const lines = (of: SourceFile): number[] => Array.from({ length: of.lineCount }, (_, at) => of.lineStart(at + 1));
    expect(lines(file)).toEqual(lines(fresh));
  }
}

describe("words that are read again after a change", () => {
  it.each([
    [
      "a comment is opened and closed",
      ["a\nb\nc */ d\ne", "a\n/* b\nc */ d\ne", "a\n/* b */\nc */ d\ne", "a\nb\nc */ d\ne"],
    ],
    ["a comment without an end gets one, and loses it", ["a /*\nb\nc", "a /*\nb */\nc", "a /*\nb *\nc", "a \nb *\nc"]],
    ["a text goes on behind a comment without an end", ["a /*\n", "a /*\nb", "a /*\nb*/", "a /*\nb*/c"]],
    ["a comment ends earlier, within another one", ["/* a\nb /* c\n*/ d /* e\n*/", "/* a\nb */ /* c\n*/ d /* e\n*/"]],
    [
      "a comment ends at a slash that was of another one",
      ["/* a\n*\n// b\n/* c */", "/* a\n*/\n// b\n/* c */", "/* a\n*// b\n/* c */"],
    ],
    [
      "a slash makes a comment of a line, and a doc comment of that",
      ["a\n/ b\nc", "a\n// b\nc", "a\n/// b\nc", "a\n//// b\nc"],
    ],
    ["a string loses its end and gets it back", ['a = "b"\nc', 'a = "b\nc', 'a = "b\\\nc', 'a = "b"\nc']],
    [
      "a line is broken within a string",
      ['a = "b c" d\ne', 'a = "b \nc" d\ne', 'a = "b \r\nc" d\ne', 'a = "b \rc" d\ne'],
    ],
    [
      "what belongs to nothing is followed by another line",
      ["a ;\nb", "a ;;\nb", "a \nb", "a ;/* c\n*/\nb", "a ;/* c\nd*/\nb"],
    ],
    ["\\r\\n is taken apart and put together", ["a\r\nb", "a\rb", "a\r\nb", "a\nb", "a\n\rb", "a\r\n\rb", "a\r\rb"]],
    ["a mark of the byte order comes and goes", ["a\nb", "\ufeffa\nb", "\ufeff\na\nb", "a\n\ufeffb", "ab"]],
    [
      "a number grows into other words",
      ["a 1", "a 1e", "a 1e-", "a 1e-3", "a 1e-3s", "a -1", "a --1", "a --x", "a-->1"],
    ],
    ["quotes of other sorts lose their ends", ["a “b”\n‘c’", "a “b\n‘c’", "a “b”\n‘c", "a “b”‘c", "a “b”\n‘c’"]],
    ["one half of a pair of code units goes", ["a 😀 b", "a \ud83d b", "a \ude00 b", "a 😀😀 b"]],
    ["all goes, and comes back", ["a /* b */\n/// c\n", "", "a /* b */\n/// c\n"]],
  ] as const)("are the same as afresh when %s", (_, texts) => {
    expectSame(texts);
  });

  test("are the same as afresh after any edits of any text", () => {
    const piece = fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...PIECES, "*", "/", "\\", "\n/* a\nb */\n", "/* a", "b */") },
      fc.string({ unit: "binary", maxLength: 4 }),
    );
    const edit = fc.record({ from: fc.nat(999), length: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(80)), put: piece });
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        fc.array(edit, { minLength: 1, maxLength: 10 }),
        (start, edits) => {
          const texts = [start.join("")];
          for (const { from, length, put } of edits) {
            const before = texts.at(-1) ?? "";
            const at = Math.floor((from / 1000) * (before.length + 1));
            texts.push(before.slice(0, at) + put + before.slice(at + length));
          }
          expectSame(texts);
        },
      ),
      { numRuns: 400 * LONGER },
    );
  });

  it("are those of the line alone: the others stay the same objects", () => {
    const before = "struct A { x: i32 }\nstruct B { x: i32 }\nstruct C { x: i32 }\n";
    const text = before.replace("B {", "B { y: i32 ");
    const file = new SourceFile("a.hetu", before);
    const lexed = lex(file);
    const old = [...lexed.tokens];
    file.replaceText(text);
    const { tokens } = relex(file, lexed, changeBetween(before, text));
    expect(tokens.filter((token) => !old.includes(token))).toHaveLength(10);
  });

  it("are read a few times at most when one change makes comments of many lines one by one", () => {
    const before = "// */ /*\n".repeat(2_000);
    const text = `/*\n${before}`;
    const file = new SourceFile("a.hetu", before);
    const lexed = lex(file);
    const tokenize = vi.spyOn(Lexer.prototype, "tokenize");
    file.replaceText(text);
    relex(file, lexed, changeBetween(before, text));
    const read = tokenize.mock.calls.reduce((sum, [stretch]) => sum + stretch.length, 0);
    tokenize.mockRestore();
    expect(lexed.comments).toHaveLength(2_001);
    expect(read).toBeLessThan(4 * text.length);
  });
});

test("words keep no earlier text alive: edits of ever other declarations cost no more memory than what they add", () => {
  v8.setFlagsFromString("--expose-gc");
  const collect = vm.runInNewContext("gc") as () => void;
  const size = (): number => {
    collect();
    return process.memoryUsage().heapUsed;
  };
  const edits = 60;
  const declarations = Array.from({ length: 2_000 }, (_, at) => `struct Structure_with_a_long_name_${at} { }\n`);
  let parsed = parse(new SourceFile("a.hetu", declarations.join("")));
  const before = size();
  for (let at = 0; at < edits; at += 1) {
    declarations[at] = `struct Structure_with_a_long_name_${at} { another_long_name: i32 }\n`;
    parsed = reparse(parsed, declarations.join(""));
  }
  const kept = size() - before;
  expect(kept).toBeLessThan((edits / 4) * parsed.tree.file.text.length);
});
