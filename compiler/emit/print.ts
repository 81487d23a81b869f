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

/** `before` and a conditional or boolean expression, broken before its operators when the line is too long. */
export function fitOperands(before: string, operands: readonly string[], operator: string, indent: string): string[] {
  const line = `${indent}${before} ${operands.join(` ${operator} `)}`;
  if (line.length <= WIDTH) return [line];
  const last = operands.length - 1;
  return [
    `${indent}${before}`,
    ...operands.map((operand, at) => `${indent}  ${operand}${at === last ? "" : ` ${operator}`}`),
  ];
}

/** A property key: quoted only when it must be. */
export function propertyKey(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
