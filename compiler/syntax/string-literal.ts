/** A part of a string that is no valid escape; offsets are relative to the opening quote. */
export interface EscapeProblem {
  readonly start: number;
  readonly end: number;
}

export interface DecodedString {
  readonly value: string;
  /** Whether the closing quote is there. */
  readonly closed: boolean;
  readonly problems: readonly EscapeProblem[];
}

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

// An escape of any kind; of a broken `\u` as much as still belongs to it.
const escape = /\\(?:u(?:\{[0-9A-Za-z]*\}?)?|[^\r\n]?)/gu;

/**
 * Reads the source text of a string, from its opening quote on.
 *
 * @param source as the lexer found it: to the closing quote, or to the end of the line.
 */
export function decodeString(source: string): DecodedString {
  const problems: EscapeProblem[] = [];
  let value = "";
  let at = 1;
  let closed = source.length > 1 && source.endsWith('"');
  for (const match of source.matchAll(escape)) {
    const text = match[0];
    const end = match.index + text.length;
    value += source.slice(at, match.index);
    const decoded = decodeEscape(text);
    if (decoded !== undefined) value += decoded;
    // A lone backslash ends the line, and with it a string without a closing quote: one problem, not two.
    else if (text !== "\\") problems.push({ start: match.index, end });
    if (end === source.length) closed = false;
    at = end;
  }
  value += source.slice(at, closed ? -1 : undefined);
  return { value, closed, problems };
}

function decodeEscape(text: string): string | undefined {
  const simple = simpleEscapes.get(text.slice(1));
  if (simple !== undefined) return simple;
  const digits = /^\\u\{([0-9A-Fa-f]{1,6})\}$/.exec(text)?.[1];
  if (digits === undefined) return undefined;
  const code = Number.parseInt(digits, 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  return String.fromCodePoint(code);
}

/** Writes a string so that `decodeString` gives `value` back; everything that is printable stays as it is. */
export function encodeString(value: string): string {
  let out = '"';
  for (const character of value) {
    const code = character.codePointAt(0) ?? 0;
    if (character === '"' || character === "\\") out += `\\${character}`;
    else if (character === "\n") out += "\\n";
    else if (character === "\r") out += "\\r";
    else if (character === "\t") out += "\\t";
    else if (code < 0x20 || code === 0x7f) out += `\\u{${code.toString(16)}}`;
    else out += character;
  }
  return `${out}"`;
}
