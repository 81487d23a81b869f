import type { ComponentCodec } from "../../../schema/component.js";
import type { SchemaChange } from "../../errors.js";
import { columnChanges } from "../../schema/schema-diff.js";
import { packedOrder, sameLayout, storedColumn, type StoredTable } from "../../schema/stored-schema.js";
import { sameColumn, sameColumns, secondaryIndexes } from "../../schema/stored-table.js";

export interface TableDifferences {
  /** One sentence each, without a full stop; empty: none. */
  readonly descriptions: readonly string[];
  /** Those of them that rows of the table would not survive. */
  readonly lossy: readonly SchemaChange[];
  /** Rows have other bytes than before. */
  readonly isRewrite: boolean;
}

/** What has changed about one table. */
export function tableDifferences(name: string, codec: ComponentCodec, stored: StoredTable): TableDifferences {
  const wanted = codec.columns.map((column) => storedColumn(column));
  const lossy = columnChanges(name, codec, stored.columns, wanted);
  const descriptions = lossy.map(({ description }) => description);
  const isTold = (column: string): boolean => lossy.some(({ member }) => member === column);
  for (const column of wanted) {
    if (isTold(column.name)) continue;
    const old = stored.columns.find((candidate) => candidate.name === column.name);
    if (old === undefined) {
      descriptions.push(`column ${name}.${column.name} is new; the rows that exist get its default`);
    } else if (!sameColumn(old, column)) {
      descriptions.push(
        old.type === column.type
          ? `column ${name}.${column.name} has more values of ${column.type}`
          : `column ${name}.${column.name} was ${old.type} and is now ${column.type}`,
      );
    }
  }
  if (descriptions.length === 0 && !sameColumns(stored.columns, wanted)) {
    const order = packedOrder(wanted).map((column) => column.name);
    descriptions.push(`the columns of ${name} are stored in another order: ${order.join(", ")}`);
  }
  for (const { name: index, unique } of secondaryIndexes(codec)) {
    const old = stored.indexes[index];
    if (old === undefined) descriptions.push(`${name} has a new index on ${index}`);
    else if (old.unique !== unique)
      descriptions.push(`the index of ${name} on ${index} is ${unique ? "now" : "no longer"} unique`);
  }
  for (const index of Object.keys(stored.indexes)) {
    if (!secondaryIndexes(codec).some((each) => each.name === index)) {
      descriptions.push(`${name} has no index on ${index} any more`);
    }
  }
  if (stored.volatile !== codec.volatile) {
    descriptions.push(`${name} is ${codec.volatile ? "now" : "no longer"} @volatile, so its rows are deleted`);
  }
  return { descriptions, lossy, isRewrite: !sameLayout(stored.columns, wanted) };
}
