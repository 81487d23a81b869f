import { CheckContext, type Rule } from "../../../compiler/check/context.js";
import { SourceFile } from "../../../compiler/source/source-file.js";
import { spanText } from "../../../compiler/source/span.js";
import { parse } from "../../../compiler/syntax/parse.js";

/**
 * What one rule alone says of some files: for each problem its code and the text that is underlined. A text that does
 * not start with `namespace` is given `namespace shop`.
 */
export function ruleProblems(rule: Rule, ...texts: readonly string[]): readonly string[] {
  const parsed = texts
    .map((text) => (text.startsWith("namespace") ? text : `namespace shop\n${text}`))
    .map((text, index) => parse(new SourceFile(`file${index}.hetu`, text)));
  const context = new CheckContext(
    parsed.map(({ tree }) => tree),
    parsed.flatMap(({ diagnostics }) => diagnostics),
  );
  rule(context);
  return context.diagnostics.map(({ code, span }) => `${code} ${spanText(span)}`);
}
