/** Lines of C# without the indent of what they are put into. */
export type Lines = readonly string[];

/** No line of generated C# is wider when it can be broken. */
export const WIDTH = 120;

const INDENT = "    ";

export function indent(lines: Lines): string[] {
  return lines.map((line) => (line === "" ? line : INDENT + line));
}

/** `head` and a body in braces, each on a line of its own. */
export function block(head: Lines | string, body: Lines, end = "}"): string[] {
  return [...(typeof head === "string" ? [head] : head), "{", ...indent(body), end];
}

/** Statements of a method: an empty line follows a block, unless `else` does. */
export function statements(lines: Lines): string[] {
  return lines.flatMap((line, at) => {
    const next = lines[at + 1];
    const ends = /^ *\}$/.test(line) && next !== undefined && !/^ *(\}|else\b)/.test(next);
    return ends ? [line, ""] : [line];
  });
}

/** Groups of lines with an empty line between them; empty groups are left out. */
export function separated(groups: readonly Lines[]): string[] {
  return groups.filter((lines) => lines.length > 0).flatMap((lines, at) => (at === 0 ? lines : ["", ...lines]));
}

/**
 * `before items after` on one line when it fits, else one item a line.
 * @param depth how deep the lines will be indented, in steps.
 */
export function fitList(before: string, items: Lines, after: string, depth: number): string[] {
  const line = `${before}${items.join(", ")}${after}`;
  if (items.length === 0 || depth * INDENT.length + line.length <= WIDTH) return [line];
  const last = items.length - 1;
  return [before, ...indent(items.map((item, at) => `${item}${at === last ? after : ","}`))];
}

/** A call with one argument a line, or more lines for one argument; `end` follows the parenthesis. */
export function call(head: string, args: readonly Lines[], end = ""): string[] {
  const lines = args.flatMap((arg, at) => {
    const behind = at === args.length - 1 ? `)${end}` : ",";
    return arg.map((line, lineAt) => (lineAt === arg.length - 1 ? line + behind : line));
  });
  return [`${head}(`, ...indent(lines)];
}

/** `before => operands` joined by `operator`, broken behind the arrow and then before each operator. */
export function fitOperands(before: string, operands: Lines, operator: string, after: string, depth: number): string[] {
  const joined = `${operands.join(` ${operator} `)}${after}`;
  if (depth * INDENT.length + before.length + 1 + joined.length <= WIDTH) return [`${before} ${joined}`];
  const last = operands.length - 1;
  return [
    before,
    ...indent(operands.map((operand, at) => `${at === 0 ? "" : `${operator} `}${operand}${at === last ? after : ""}`)),
  ];
}

/** A string literal. Signs that C# takes for line breaks, and those that cannot be seen, are escaped. */
export function textLiteral(text: string): string {
  return `"${text.replace(/["\\]|[^\P{C}]|[\u2028\u2029]/gu, escapeSign)}"`;
}

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

function escapeSign(sign: string): string {
  const short = SHORT_ESCAPES.get(sign);
  if (short !== undefined) return short;
  const units = Array.from({ length: sign.length }, (_, at) => sign.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
