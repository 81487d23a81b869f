const WIDTH = 120;

/**
 * `before + items + after` on one line when it fits the print width, else one item a line, as Prettier lays out lists.
 * @param indent Spaces before the first line.
 */
export function fitList(before: string, items: readonly string[], after: string, indent: string): string[] {
  const line = `${indent}${before}${items.join(", ")}${after}`;
  if (line.length <= WIDTH) return [line];
  return [`${indent}${before}`, ...items.map((item) => `${indent}  ${item},`), `${indent}${after}`];
}

/** `before operands after`, broken before the operands and then after each operator while the line is too long. */
export function fitOperands(
  before: string,
  operands: readonly string[],
  operator: string,
  after: string,
  indent: string,
): string[] {
  const joined = `${operands.join(` ${operator} `)}${after}`;
  if (indent.length + before.length + 1 + joined.length <= WIDTH) return [`${indent}${before} ${joined}`];
  if (indent.length + 2 + joined.length <= WIDTH) return [`${indent}${before}`, `${indent}  ${joined}`];
  const last = operands.length - 1;
  return [
    `${indent}${before}`,
    ...operands.map((operand, at) => `${indent}  ${operand}${at === last ? after : ` ${operator}`}`),
  ];
}

/** A property key: quoted only when it must be. */
export function propertyKey(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** `{ a, b }` on one line when it fits, else one member a line; as one text. */
export function fitBraces(before: string, members: readonly string[], after: string): string {
  const line = `${before} ${members.join(", ")} ${after}`;
  if (line.length <= WIDTH) return line;
  return `${before}\n${members.map((member) => `  ${member},\n`).join("")}${after}`;
}

/** An array literal of objects: Prettier gives each a line of its own as soon as there are two. */
export function objectList(name: string, objects: readonly (readonly string[])[], indent: string): string[] {
  const [first, ...rest] = objects;
  if (first === undefined) return [`${indent}${name}: [],`];
  const only = `${indent}${name}: [${objectText(first)}],`;
  if (rest.length === 0 && only.length <= WIDTH) return [only];
  if (rest.length === 0) {
    return [`${indent}${name}: [`, ...objectLines(first, `${indent}  `), `${indent}],`];
  }
  return [`${indent}${name}: [`, ...objects.flatMap((members) => objectLines(members, `${indent}  `)), `${indent}],`];
}

function objectLines(members: readonly string[], indent: string): string[] {
  const line = `${indent}${objectText(members)},`;
  if (line.length <= WIDTH) return [line];
  return [`${indent}{`, ...members.map((member) => `${indent}  ${member},`), `${indent}},`];
}

function objectText(members: readonly string[]): string {
  return `{ ${members.join(", ")} }`;
}

/** `head { lines }`, or `head {}` without lines; `head` brings its indent. */
export function block(head: string, lines: readonly string[], end = "}"): string[] {
  const indent = /^ */.exec(head)?.[0] ?? "";
  return lines.length === 0 ? [`${head} {${end}`] : [`${head} {`, ...lines, `${indent}${end}`];
}

/** A string literal, in the quotes that need fewer escapes. */
export function textLiteral(text: string): string {
  const quoted = JSON.stringify(text);
  const doubles = text.split('"').length;
  if (doubles <= text.split("'").length) return quoted;
  return `'${quoted.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** An array of arrays and strings, as a value of JSON. */
export type ArrayText = string | readonly ArrayText[];

/** `before value after` as Prettier lays out an array literal. */
export function fitArray(before: string, value: ArrayText, after: string, indent: string): string[] {
  const line = `${indent}${before}${arrayText(value)}${after}`;
  if (typeof value === "string" || (line.length <= WIDTH && !mustBreak(value))) return [line];
  return [
    `${indent}${before}[`,
    ...value.flatMap((element) => fitArray("", element, ",", `${indent}  `)),
    `${indent}]${after}`,
  ];
}

function arrayText(value: ArrayText): string {
  return typeof value === "string" ? JSON.stringify(value) : `[${value.map(arrayText).join(", ")}]`;
}

/** Prettier gives every array within an array a line of its own when there are several with several elements each. */
function mustBreak(value: readonly ArrayText[]): boolean {
  const arrays = value.filter((element) => typeof element !== "string");
  if (arrays.some(mustBreak)) return true;
  return value.length > 1 && arrays.length === value.length && arrays.every((element) => element.length > 1);
}
