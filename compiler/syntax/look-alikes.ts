/** A sign of another keyboard, or of another language, that is read as the one that it stands for. */
export interface LookAlike {
  /** What it is called, with its article. */
  readonly name: string;
  /** What to write. */
  readonly meant: string;
}

/** By their spelling, the signs that Chinese input methods, word processors and other languages put for ours. */
export const signs: ReadonlyMap<string, LookAlike> = new Map([
  ["：", { name: "a full-width colon", meant: ":" }],
  ["，", { name: "a full-width comma", meant: "," }],
  ["、", { name: "an ideographic comma", meant: "," }],
  ["．", { name: "a full-width full stop", meant: "." }],
  ["。", { name: "an ideographic full stop", meant: "." }],
  ["？", { name: "a full-width question mark", meant: "?" }],
  ["＠", { name: "a full-width at sign", meant: "@" }],
  ["＝", { name: "a full-width equals sign", meant: "=" }],
  ["＜", { name: "a full-width less-than sign", meant: "<" }],
  ["＞", { name: "a full-width greater-than sign", meant: ">" }],
  ["（", { name: "a full-width parenthesis", meant: "(" }],
  ["）", { name: "a full-width parenthesis", meant: ")" }],
  ["｛", { name: "a full-width brace", meant: "{" }],
  ["｝", { name: "a full-width brace", meant: "}" }],
  ["［", { name: "a full-width bracket", meant: "[" }],
  ["］", { name: "a full-width bracket", meant: "]" }],
  ["【", { name: "a lenticular bracket", meant: "[" }],
  ["】", { name: "a lenticular bracket", meant: "]" }],
  ["->", { name: "an arrow", meant: ":" }],
  ["→", { name: "an arrow", meant: ":" }],
]);

/** By the quote that opens a string, what it is called. */
export const quotes: ReadonlyMap<string, string> = new Map([
  ["“", "a curly quote"],
  ["”", "a curly quote"],
  ["„", "a low quote"],
  ["＂", "a full-width quote"],
  ["‘", "a curly single quote"],
  ["’", "a curly single quote"],
  ["'", "a single quote"],
  ["`", "a backquote"],
]);

export const ZERO_WIDTH_SPACE = "\u200b";

/** Blanks that look like a space. */
export const blanks: ReadonlyMap<string, string> = new Map([
  ["\u00a0", "a no-break space"],
  [ZERO_WIDTH_SPACE, "a zero-width space"],
  ["\u202f", "a narrow no-break space"],
  ["\u3000", "an ideographic space"],
]);
