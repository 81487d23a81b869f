import { defineCode, quote } from "../define.js";

/** HT1001 to HT1009: what the lexer refuses. */

export const unexpectedCharacter = defineCode<{ text: string }>({
  code: "HT1001",
  severity: "error",
  message: ({ text }) => `unexpected ${text.length === 1 ? "character" : "characters"} ${quote(printable(text))}`,
  help: ({ text }) => characterHelp(text),
  page: {
    meaning:
      "The text holds a character that no construct of the language uses; a `;` at the end of a line is the usual one.",
    wrong: "namespace shop\n\nstruct Price { gold: i32; }\n",
    right: "namespace shop\n\nstruct Price { gold: i32 }\n",
  },
});

export const invalidName = defineCode<{ text: string }>({
  code: "HT1002",
  severity: "error",
  message: ({ text }) => `${quote(text)} is not a valid name`,
  help: () => "a name starts with an ASCII letter and goes on with ASCII letters, digits and `_`",
  page: {
    meaning:
      "Names become identifiers in TypeScript, JavaScript and C# and column names in the database, so they are ASCII:\n" +
      "a letter, then letters, digits and `_`. A leading `_` is kept for names that the compiler makes.",
    wrong: "namespace shop\n\nstruct Price { _gold: i32 }\n",
    right: "namespace shop\n\nstruct Price { gold: i32 }\n",
  },
});

/** `duration` is the one that was meant. */
export const malformedNumber = defineCode<{ text: string; duration: string | undefined }>({
  code: "HT1003",
  severity: "error",
  message: ({ text }) => `${quote(text)} is not a number`,
  help: ({ text, duration }) =>
    duration === undefined ? numberHelp(text) : `a duration is one whole number with one unit: ${quote(duration)}`,
  page: {
    meaning:
      "A number is decimal (`12`, without a leading zero), hexadecimal (`0x1f`), or has a fraction or an exponent (`1.5`,\n" +
      "`1e-3`), with an optional `-` before it. Letters directly behind it belong to it. The one exception is a duration\n" +
      "in an attribute: whole digits and one of `ms`, `s`, `m`, `h`, `d`.",
    wrong: "namespace shop\n\ncomponent Price {\n  gold: i32 = 1_000\n}\n\nsystem read() uses Price\n",
    right: "namespace shop\n\ncomponent Price {\n  gold: i32 = 1000\n}\n\nsystem read() uses Price\n",
  },
});

export const unterminatedString = defineCode({
  code: "HT1004",
  severity: "error",
  message: () => 'this string has no closing `"`',
  help: () => 'a string ends on the line where it starts; write `\\n` for a line break and `\\"` for a quote',
  page: {
    meaning: 'A string starts with `"` and must end with `"` on the same line.',
    wrong: 'namespace shop\n\n@deprecated("use Cost\nstruct Price { gold: i32 }\n',
    right: 'namespace shop\n\n@deprecated("use Cost")\nstruct Price { gold: i32 }\n',
  },
});

export const invalidEscape = defineCode<{ text: string }>({
  code: "HT1005",
  severity: "error",
  message: ({ text }) => `${quote(text)} is not an escape`,
  help: ({ text }) =>
    text.startsWith("\\u")
      ? "write `\\u{` and one to six hexadecimal digits and `}`, of a code point up to 10FFFF that is no surrogate"
      : 'the escapes are `\\"`, `\\\\`, `\\n`, `\\r`, `\\t` and `\\u{…}`; write `\\\\` for a backslash',
  page: {
    meaning:
      'In a string a backslash starts an escape: `\\"`, `\\\\`, `\\n`, `\\r`, `\\t`, or `\\u{…}` with the hexadecimal number of a\n' +
      "Unicode code point (surrogates, D800 to DFFF, are none).",
    wrong: 'namespace shop\n\n@deprecated("see C:\\prices")\nstruct Price { gold: i32 }\n',
    right: 'namespace shop\n\n@deprecated("see C:\\\\prices")\nstruct Price { gold: i32 }\n',
  },
});

export const unterminatedComment = defineCode({
  code: "HT1006",
  severity: "error",
  message: () => "this comment has no closing `*/`",
  help: () => "add `*/` where the comment ends, or use `//`, which ends with its line",
  page: {
    meaning: "A comment that starts with `/*` goes on to the next `*/`; such comments do not nest.",
    wrong: "namespace shop\n\nstruct Price { gold: i32 }\n/* old prices\n",
    right: "namespace shop\n\nstruct Price { gold: i32 }\n/* old prices */\n",
  },
});

export const durationOutsideAttribute = defineCode<{ text: string }>({
  code: "HT1007",
  severity: "error",
  message: ({ text }) => `the duration ${quote(text)} cannot stand here`,
  help: () => "durations are arguments of attributes only; write a plain number",
  page: {
    meaning:
      "Durations such as `5s` are written in attributes (`@every(5s)`). No type of a column or a value takes one.",
    wrong: "namespace shop\n\ncomponent Price {\n  ttl: i32 = 5s\n}\n\nsystem read() uses Price\n",
    right: "namespace shop\n\ncomponent Price {\n  ttl: i32 = 5000\n}\n\nsystem read() uses Price\n",
  },
});

export const lookAlike = defineCode<{ text: string; name: string; meant: string }>({
  code: "HT1008",
  severity: "error",
  message: ({ text, name }) => `${quote(text)} is ${name}`,
  help: ({ meant }) => `write ${meant.length > 1 ? meant : quote(meant)}`,
  page: {
    meaning:
      "Chinese input methods and word processors put signs and blanks that look like those of the language: `：` for `:`,\n" +
      "`，` for `,`, curly quotes for straight ones. Outside strings and comments only the ASCII ones count.",
    wrong: "namespace shop\n\nstruct Price { gold： i32， silver： i32 }\n",
    right: "namespace shop\n\nstruct Price { gold: i32, silver: i32 }\n",
  },
});

function characterHelp(text: string): string {
  if (/[;；]/.test(text)) return "fields are separated by white space or `,`, declarations by nothing at all";
  if (text === "&&") return "rules that must all hold are written as several `@rls`";
  if (text.startsWith("|")) return "there are no unions; what may be left out is marked at its name: `name?: Type`";
  if (text === "+") return "a positive number has no sign";
  if (text === "-") return "a name has no `-`; use `_` between its words";
  if (/^[０-９Ａ-Ｚａ-ｚ]+$/.test(text)) return "write it with ASCII letters and digits";
  if (text === "#" || text === "--") return "a comment starts with `//`";
  if (text.startsWith("*/")) return "no comment is open here: block comments do not nest";
  return "remove it; outside strings and comments a schema is made of names, numbers and `@ { } ( ) [ ] : , . ? =`";
}

function numberHelp(text: string): string {
  if (text.includes("_")) return `write the digits without \`_\`: ${quote(text.replaceAll("_", ""))}`;
  if (/^-?[0-9.]+(ms|s|m|h|d)$/.test(text))
    return "a duration is a whole number, not negative, and one of ms, s, m, h, d";
  if (/^-?[0-9.]+(sec|min|hour|hr|day|week|month|milli)/i.test(text)) {
    return "a duration is a whole number and one of ms, s, m, h, d";
  }
  if (/^-?0[0-9]/.test(text)) return "write it without leading zeros";
  if (/^-?[0-9]+\.$/.test(text)) return `digits stand on both sides of the point: ${quote(`${text}0`)}`;
  return "numbers are written as `12`, `0x1f`, `1.5` or `1e-3`; put white space between a number and a word";
}

/** Control characters, blanks and lone surrogates shown by number, long runs cut. */
function printable(text: string): string {
  const shown = Array.from(text.slice(0, 12), (character) => {
    const code = character.codePointAt(0) ?? 0;
    const visible = /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) && !(code >= 0xd800 && code <= 0xdfff);
    return visible ? character : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  }).join("");
  return text.length > 12 ? `${shown}…` : shown;
}
