import type { ColumnModel, RangeModel, TypeModel } from "../../model/model.js";
import { defaultText } from "./scalars.js";

/** What the type of a value does not say, as sentences for its documentation. */
export function facts(value: { readonly type: TypeModel; readonly range?: RangeModel }): string[] {
  const { type, range } = value;
  const sentences: string[] = [];
  if (type.kind === "string") sentences.push(`At most ${type.max} characters.`);
  if (type.kind === "bytes") sentences.push(`At most ${type.max} bytes.`);
  if (type.kind === "scalar" && type.name === "timestamp") sentences.push("Milliseconds since 1970 UTC.");
  if (range !== undefined) sentences.push(`From ${range.min} to ${range.max}.`);
  return sentences;
}

/** As {@link facts}, with what holds for columns only. */
export function columnFacts(column: ColumnModel): string[] {
  const sentences = facts(column);
  if (column.default !== undefined) sentences.push(`Default: \`${defaultText(column.default)}\`.`);
  if (column.visibility === "owner") sentences.push("Only the owner of the row gets it; `null` for all others.");
  return sentences;
}
