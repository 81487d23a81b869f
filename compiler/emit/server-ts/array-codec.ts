import type { ColumnNames, ComponentParts } from "./component-parts.js";
import { block } from "../print.js";

/** Columns that a mask has bits for; a component with more has no partial updates. */
const MASK_COLUMNS = 32;

/** The member `array` of a component's `$codec`: its rows on hetu.2. None for components that only admins read. */
export function arrayCodec(parts: ComponentParts): string[] {
  if (parts.component.access.readers === "admin") return [];
  // What clients are told of: see the description of the wire.
  const columns = parts.columns.filter(({ column }) => column.visibility !== "admin");
  return [
    "    array: {",
    ...writeRow(parts, columns),
    ...(columns.length > MASK_COLUMNS ? [] : [...changed(parts, columns), ...writeColumns(parts, columns)]),
    "    },",
  ];
}

function writeRow({ types }: ComponentParts, columns: readonly ColumnNames[]): string[] {
  const hidden = columns.some(isOwners);
  return [
    `      writeRow(row, writer${hidden ? ", audience" : ""}) {`,
    `        writer.arrayHeader(${columns.length + 1});`,
    "        writer.bigint(row.id);",
    ...columns.flatMap((names) => {
      const value = `row.${names.property}`;
      if (!isOwners(names)) return types.write(names.column.type, value, "        ");
      return [
        '        if (audience === "public") {',
        "          writer.nil();",
        "        } else {",
        ...types.write(names.column.type, value, "          "),
        "        }",
      ];
    }),
    "      },",
  ];
}

function changed(parts: ComponentParts, columns: readonly ColumnNames[]): string[] {
  if (columns.length === 0) return ["      changed: () => 0,"];
  const owners = columns.reduce((mask, names, at) => (isOwners(names) ? mask + 2 ** at : mask), 0);
  // Above 31 bits the operators of JavaScript give negative numbers.
  const result = owners === 0 ? "mask >>> 0" : `(audience === "public" ? mask & ~${hex(owners)} : mask) >>> 0`;
  return [
    `      changed(before, after${owners === 0 ? "" : ", audience"}) {`,
    "        let mask = 0;",
    ...columns.map((names, at) => `        if (${differs(parts, names)}) mask |= ${hex(2 ** at)};`),
    `        return ${result};`,
    "      },",
  ];
}

function differs({ types }: ComponentParts, { column, field, property }: ColumnNames): string {
  const { type } = column;
  if (type.kind === "bytes") return `!${types.$}.sameBytes(before.${property}, after.${property})`;
  // NaN is equal to itself here, and 0 is not -0: what counts is how the value travels.
  const float = type.kind === "scalar" && (type.name === "f32" || type.name === "f64");
  return float ? `!Object.is(before.${field}, after.${field})` : `before.${field} !== after.${field}`;
}

function writeColumns({ types }: ComponentParts, columns: readonly ColumnNames[]): string[] {
  if (columns.length === 0) return ["      writeColumns: () => undefined,"];
  return block(
    "      writeColumns(row, mask, writer)",
    columns.flatMap(({ column, property }, at) => [
      `        if ((mask & ${hex(2 ** at)}) !== 0) {`,
      ...types.write(column.type, `row.${property}`, "          "),
      "        }",
    ]),
    "},",
  );
}

function isOwners({ column }: ColumnNames): boolean {
  return column.visibility === "owner";
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
