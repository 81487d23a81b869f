import type { ComponentCodec, IndexCodec } from "../../schema/component.js";
import type { SchemaChange } from "../errors.js";
import type { StoredColumn } from "./stored-schema.js";

/**
 * What stands between stored rows and new columns that cannot be bridged without losing or inventing data. Added
 * columns with a default, longer texts and further enum values can.
 * @param component Name of the table, for the descriptions.
 */
export function columnChanges(
  component: string,
  codec: ComponentCodec,
  stored: readonly StoredColumn[],
  wanted: readonly StoredColumn[],
): SchemaChange[] {
  const changes: SchemaChange[] = [];
  for (const column of stored) {
    const next = wanted.find(({ name }) => name === column.name);
    if (next === undefined) {
      const description = `column ${component}.${column.name} is gone; its values would be lost`;
      changes.push({ kind: "column removed", component, member: column.name, description });
    } else {
      changes.push(...typeChanges(component, column, next));
    }
  }
  for (const { name } of wanted) {
    if (stored.some((column) => column.name === name)) continue;
    if (codec.columns.find((column) => column.name === name)?.default !== undefined) continue;
    const description = `column ${component}.${name} is new and has no default for the rows that exist`;
    changes.push({ kind: "column without default added", component, member: name, description });
  }
  return changes;
}

/** Two rows stand in the way of a unique index. @param ids Of the rows. */
export function duplicatesOf(table: string, index: IndexCodec, ids: readonly [bigint, bigint]): SchemaChange {
  return {
    kind: "duplicates under a unique index",
    component: table,
    member: index.name,
    description: `${table} would be unique by ${index.name}, but rows ${ids[0]} and ${ids[1]} have the same values`,
  };
}

/** A row stands in the way of an index. @param id Of the row. */
export function notANumberOf(table: string, index: IndexCodec, id: bigint): SchemaChange {
  return {
    kind: "NaN under an index",
    component: table,
    member: index.name,
    description: `${table} would have an index on ${index.name}, in which the NaN of row ${id} has no place`,
  };
}

function typeChanges(component: string, stored: StoredColumn, wanted: StoredColumn): SchemaChange[] {
  const member = stored.name;
  if (stored.values !== undefined && wanted.values !== undefined && stored.storage === wanted.storage) {
    return Object.entries(stored.values)
      .filter(([name, value]) => wanted.values?.[name] !== value)
      .map(([name, value]) => ({
        kind: "enum changed",
        component,
        member,
        description: `column ${component}.${member} may hold ${stored.type}.${name} = ${value}, which ${wanted.type} no longer has`,
      }));
  }
  if (stored.type === wanted.type && stored.storage === wanted.storage) return [];
  if (stored.storage === wanted.storage && lengthOf(stored.type) <= lengthOf(wanted.type)) return [];
  const description = `column ${component}.${member} was ${stored.type} and is now ${wanted.type}`;
  return [{ kind: "column type changed", component, member, description }];
}

/** The `N` of `string(N)` and `bytes(N)`; `NaN`, which compares with nothing, for other types. */
function lengthOf(type: string): number {
  return Number(/^(?:string|bytes)\((\d+)\)$/.exec(type)?.[1]);
}
