import type { EnumValue, Field } from "../syntax/tree.js";
import { flat } from "./flat.js";
import type { Gaps } from "./gaps.js";
import { INDENT } from "./list.js";
import type { SourceTokens } from "./source-tokens.js";

/** A field or parameter as its name, its type with the default, and its attributes. */
interface Columns {
  readonly name: string;
  readonly type: string;
  readonly attributes: string;
}

/** A member on one line. */
export function memberText(source: SourceTokens, member: Field | EnumValue, indent: string): string {
  return flat(source, member.span.start, member.span.end, { indent: indent + INDENT });
}

/**
 * Fields below one another: types start in one column, and so do attributes. An empty line ends a group; a field with a
 * comment inside is left as it is and counts for nothing.
 *
 * @param indent of the fields.
 */
export function alignedFields(source: SourceTokens, fields: readonly Field[], gaps: Gaps, indent: string): string[] {
  const texts: string[] = [];
  let group: { readonly index: number; readonly columns: Columns }[] = [];
  const finish = (): void => {
    const name = widest(group.map(({ columns }) => columns.name));
    const typed = group.filter(({ columns }) => columns.attributes !== "");
    const type = widest(typed.map(({ columns }) => columns.type));
    for (const { index, columns } of group) {
      const line = `${columns.name.padEnd(name)} ${columns.type.padEnd(type)} ${columns.attributes}`;
      texts[index] = line.trimEnd();
    }
    group = [];
  };
  fields.forEach((field, index) => {
    const slot = gaps.slots[index];
    if (slot?.blankBefore === true || slot?.leading.some(({ blankBefore }) => blankBefore) === true) finish();
    const columns = columnsOf(source, field);
    if (columns === undefined) texts[index] = memberText(source, field, indent);
    else group.push({ index, columns });
  });
  finish();
  return texts;
}

function columnsOf(source: SourceTokens, field: Field): Columns | undefined {
  const { start, end } = field.span;
  if (source.comments(start, end).length > 0) return undefined;
  const typeStart = field.type.span.start;
  const attributesStart = field.attributes[0]?.span.start ?? end;
  return {
    name: flat(source, start, typeStart, { indent: "" }),
    type: flat(source, typeStart, attributesStart, { indent: "" }),
    attributes: flat(source, attributesStart, end, { indent: "" }),
  };
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map((text) => text.length));
}
