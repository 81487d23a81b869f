import { describe, expect, it } from "vitest";
import { compileSources } from "../../../compiler/pipeline.js";
import type { Diagnostic } from "../../../compiler/diagnostics/diagnostic.js";
import { HEADER, parseText, problems, shape } from "./parsing.js";

/** A text with the fixes of its diagnostics made. */
function fixed(text: string, diagnostics: readonly Diagnostic[]): string {
  const edits = diagnostics.flatMap(({ fix }) => fix?.edits ?? []);
  const fromTheEnd = [...edits].sort((a, b) => b.span.start - a.span.start);
  return fromTheEnd.reduce((out, edit) => out.slice(0, edit.span.start) + edit.text + out.slice(edit.span.end), text);
}

const wrong = `${HEADER}
@deprecated（“旧”）
component Position｛
  owner： i64 ＠unique，
  x： f32 ＝ 0
｝
system move（x： f32、 y： f32） -> i32 uses Position
struct List { a?: i32［］, b？: i32 }
`;

describe("signs that look like those of the language", () => {
  it.each([
    ["：", "a full-width colon", "`:`"],
    ["，", "a full-width comma", "`,`"],
    ["、", "an ideographic comma", "`,`"],
  ])("are named: %s", (sign, name, meant) => {
    const { diagnostics } = parseText(`${HEADER}struct S { a: i32${sign} b: i32 }`);
    const problem = diagnostics.find(({ code }) => code === "HT1008");
    expect(problem).toMatchObject({ code: "HT1008", message: `\`${sign}\` is ${name}`, help: `write ${meant}` });
  });

  it("are each reported once, and hide no other mistake", () => {
    const { diagnostics } = compileSources([{ path: "a.hetu", text: `${HEADER}struct S { a： i3， b： string }` }]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["HT1008", "HT2009", "HT1008", "HT1008", "HT3001"]);
  });

  it("are read as what they stand for, and their fixes put that in their place", () => {
    const { tree, diagnostics } = parseText(wrong);
    const right = parseText(fixed(wrong, diagnostics));
    expect(right.diagnostics).toEqual([]);
    expect(shape(tree.declarations)).toEqual(shape(right.tree.declarations));
  });

  it("are what they are in comments and strings", () => {
    expect(problems('// 位置：，“”\n/* （） */\n/// ｛｝\n@deprecated("旧：‘用’　新")\nstruct S { a: i32 }')).toEqual(
      [],
    );
  });

  it("may be blanks", () => {
    expect(problems("struct　S\u00a0{ a: i32 }").map((each) => each.slice(0, 6))).toEqual(["HT1008", "HT1008"]);
  });
});

describe("comments of other languages", () => {
  it.each(["#", "--"])("are refused once, to the end of the line: %s", (sign) => {
    expect(problems(`${sign} a comment { of\nstruct S {\n a: i32 ${sign} another\n b: i32 }`)).toEqual([
      `HT1001 ${sign}`,
      `HT1001 ${sign}`,
    ]);
  });
});
