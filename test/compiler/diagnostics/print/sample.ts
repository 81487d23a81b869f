import { diagnose, type Diagnostic, type Extras } from "../../../../compiler/diagnostics/diagnostic.js";
import { defineCode } from "../../../../compiler/diagnostics/define.js";
import type { Severity } from "../../../../compiler/diagnostics/diagnostic.js";
import { SourceFile } from "../../../../compiler/source/source-file.js";
import type { Span } from "../../../../compiler/source/span.js";

/** The span of the nth occurrence of a piece of text. */
export function spanOf(file: SourceFile, piece: string, occurrence = 0): Span {
  let start = file.text.indexOf(piece);
  for (let skipped = 0; skipped < occurrence; skipped += 1) start = file.text.indexOf(piece, start + 1);
  if (start < 0) throw new Error(`no ${piece} in ${file.path}`);
  return { file, start, end: start + piece.length };
}

/** A diagnostic that says what the test wants it to say. */
export function sample(
  span: Span,
  {
    severity = "error",
    message = "something is wrong",
    help,
    ...extras
  }: Extras & {
    readonly severity?: Severity;
    readonly message?: string;
    readonly help?: string;
  } = {},
): Diagnostic {
  const definition = defineCode({
    code: "HT2009",
    severity,
    message: () => message,
    optionalHelp: () => help,
    page: { meaning: "", wrong: "", right: "" },
  });
  return diagnose(definition, undefined, span, extras);
}

export const file = (text: string, path = "schema/shop.hetu"): SourceFile => new SourceFile(path, text);
