import type { Severity } from "../diagnostic.js";

/** Colours a piece of text, or leaves it as it is. */
export interface Painter {
  severity(severity: Severity, text: string): string;
  gutter(text: string): string;
  bold(text: string): string;
}

const BOLD = "1";
const BLUE = "34";
const SEVERITIES: Readonly<Record<Severity, string>> = { error: "31", warning: "33", hint: "36" };

/** With or without ANSI escapes (ECMA-48, Select Graphic Rendition). */
export function painter(color: boolean): Painter {
  const paint = (codes: readonly string[], text: string): string =>
    color ? `\u001b[${codes.join(";")}m${text}\u001b[0m` : text;
  return {
    severity: (severity, text) => paint([BOLD, SEVERITIES[severity]], text),
    gutter: (text) => paint([BOLD, BLUE], text),
    bold: (text) => paint([BOLD], text),
  };
}
