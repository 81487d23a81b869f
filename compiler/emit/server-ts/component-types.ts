import type { IndexModel } from "../../model/model.js";
import { typescriptParameterName } from "../../model/names/typescript.js";
import { docComment } from "../doc-comment.js";
import { block, fitList } from "../print.js";
import type { ColumnNames, ComponentParts } from "./component-parts.js";

/** The type of a row that is read: the row itself in a transaction, one that cannot be assigned to in a stale one. */
const ROW = "$Read";

/** The members of `declare namespace Position`: flat types that cost the type checker little. */
export function componentTypes(parts: ComponentParts): string[] {
  return [
    ...fieldsType(parts),
    "",
    ...insertType(parts),
    "",
    "  /** What may be changed: any of the columns. */",
    "  type Patch = Partial<Insert>;",
    "",
    ...keyType(parts),
    "",
    ...storeType(parts),
  ];
}

function fieldsType({ columns, types }: ComponentParts): string[] {
  return [
    "  /** The row as a plain object. */",
    "  type Fields = {",
    "    id: bigint;",
    ...columns.map(({ column, property }) => `    ${property}: ${types.type(column.type)};`),
    "  };",
  ];
}

function insertType({ columns, types }: ComponentParts): string[] {
  const lines = columns.flatMap(({ column, property, required }) => {
    const type = types.type(column.type);
    const member = required ? `    ${property}: ${type};` : `    ${property}?: ${type} | undefined;`;
    return [...docComment(column, "    "), member];
  });
  return [
    "  /** What an insert takes: columns with a default may be left out. */",
    ...block("  interface Insert", lines),
  ];
}

function keyType(parts: ComponentParts): string[] {
  const keys = parts.component.indexes
    .filter((index) => index.unique)
    .map((index) => {
      const members = indexColumns(parts, index).map(
        ({ column, property }) => `${property}: ${parts.types.type(column.type)}`,
      );
      return `{ ${members.join("; ")} }`;
    });
  const all = ["{ id: bigint }", ...keys];
  const line = `  type Key = ${all.join(" | ")};`;
  return [
    "  /** What names one row: its id, or the columns of one unique index. */",
    ...(line.length <= 120
      ? [line]
      : ["  type Key =", ...all.map((key, at) => `    | ${key}${at === all.length - 1 ? ";" : ""}`)]),
  ];
}

function storeType(parts: ComponentParts): string[] {
  const { rowType: name, component } = parts;
  const ranges = [
    rangeOverload("id", "bigint"),
    ...component.indexes.map((index) => {
      const columns = indexColumns(parts, index);
      const indexName = columns.map(({ property }) => property).join(",");
      return rangeOverload(indexName, boundType(parts, columns));
    }),
  ];
  return [
    `  /** The rows of ${component.name}, to read. */`,
    `  interface Reader<${ROW} = Readonly<${name}>> {`,
    "    /** The row with this key, if there is one. */",
    `    get(key: Key): Promise<${ROW} | undefined>;`,
    "    /** The rows between two bounds of an index, in its order; all that start with `left` when `right` is left out. */",
    ...ranges.flat(),
    "  }",
    "",
    `  /** The rows of ${component.name} in a transaction. */`,
    `  interface Store extends Reader<${name}> {`,
    "    /** The row with this key, created when there is none; then `values` are assigned. */",
    `    upsert(key: Key, values?: Patch): Promise<${name}>;`,
    "    /** @throws UniqueViolationError when a unique index has the values already. */",
    `    insert(values: Insert): Promise<${name}>;`,
    "    /** @throws RowNotFoundError when there is no such row. */",
    `    update(row: Key | ${name}, patch: Patch): Promise<${name}>;`,
    "    /** @returns whether there was such a row. */",
    `    delete(row: Key | ${name}): Promise<boolean>;`,
    "  }",
  ];
}

function rangeOverload(index: string, bound: string): string[] {
  const parameters = [
    `index: ${JSON.stringify(index)}`,
    `left?: $.Bound<${bound}>`,
    `right?: $.Bound<${bound}>`,
    "options?: $.RangeOptions",
  ];
  return fitList("range(", parameters, `): Promise<${ROW}[]>;`, "    ");
}

/** A value of the column; for composite indexes a tuple of a leading part of the columns. */
function boundType({ types }: ComponentParts, columns: readonly ColumnNames[]): string {
  const [first, ...rest] = columns.map(({ column }) => ({
    label: typescriptParameterName(column.name),
    type: types.type(column.type),
  }));
  if (first === undefined) throw new Error("an index without columns");
  if (rest.length === 0) return first.type;
  const optional = rest.map(({ label, type }) => `${label}?: ${type}`);
  return `readonly [${first.label}: ${first.type}, ${optional.join(", ")}]`;
}

function indexColumns({ columns }: ComponentParts, index: IndexModel): ColumnNames[] {
  return index.columns.map((name) => {
    const found = columns.find(({ column }) => column.name === name);
    if (found === undefined) throw new Error(`the model's index ${index.name} names no column ${name}`);
    return found;
  });
}
