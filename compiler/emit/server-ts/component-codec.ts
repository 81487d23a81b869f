import type { ColumnTypeModel, IndexModel, RlsRuleModel } from "../../model/model.js";
import { block, fitList, fitOperands, objectList } from "../print.js";
import { arrayCodec } from "./array-codec.js";
import { checkedColumn, columnDefault } from "./component-parts.js";
import type { ColumnNames, ComponentParts } from "./component-parts.js";

/** The members of a component's `$codec`, specialised by column. */
export function codecMembers(parts: ComponentParts): string[] {
  const { component, columns } = parts;
  const hidden = columns.some(({ column }) => column.visibility !== "public");
  return [
    `    name: ${JSON.stringify(component.name)},`,
    ...(component.was === undefined ? [] : [`    was: ${JSON.stringify(component.was)},`]),
    ...(component.wasBefore === undefined ? [] : [`    wasBefore: ${fitOldNames(component.wasBefore)},`]),
    ...objectList(
      "columns",
      columns.map((column) => columnSpec(parts, column)),
      "    ",
    ),
    ...indexes(parts),
    `    readers: ${JSON.stringify(component.access.readers)},`,
    ...rules(parts),
    `    volatile: ${component.volatile === true},`,
    `    hasHiddenColumns: ${hidden},`,
    ...create(parts),
    ...assign(parts),
    ...missing(parts),
    ...decode(parts),
    ...encode(parts),
    ...clone(parts),
    ...ownerOf(parts),
    ...writeMap(parts, hidden),
    ...arrayCodec(parts),
  ];
}

function indexes(parts: ComponentParts): string[] {
  const { component, types } = parts;
  const id = `${types.$}.idIndex(${JSON.stringify(component.name)})`;
  if (component.indexes.length === 0) return [`    indexes: [${id}],`];
  return [
    "    indexes: [",
    `      ${id},`,
    ...component.indexes.flatMap((index) => indexCodec(parts, index)),
    "    ],",
  ];
}

function columnSpec(parts: ComponentParts, names: ColumnNames): string[] {
  const { column, property } = names;
  const members = [
    `name: ${JSON.stringify(column.name)}`,
    `property: ${JSON.stringify(property)}`,
    `type: ${JSON.stringify(schemaType(column.type))}`,
    `visibility: ${JSON.stringify(column.visibility)}`,
  ];
  if (column.type.kind === "enum") members.push(`enum: ${parts.types.enumCodec(column.type)}`);
  if (column.default !== undefined) {
    members.push(`default: ${column.default.kind === "now" ? '"now"' : columnDefault(parts, names)}`);
  }
  if (column.was !== undefined) members.push(`was: ${JSON.stringify(column.was)}`);
  if (column.wasBefore !== undefined) members.push(`wasBefore: ${fitOldNames(column.wasBefore)}`);
  return members;
}

function fitOldNames(names: readonly string[]): string {
  return `[${names.map((name) => JSON.stringify(name)).join(", ")}]`;
}

function indexCodec(parts: ComponentParts, index: IndexModel): string[] {
  const { types, component } = parts;
  const columns = index.columns.map((name) => parts.columns.find(({ column }) => column.name === name) as ColumnNames);
  const path = JSON.stringify(`${component.name}.${index.name}`);
  const keyPart = (column: ColumnNames, value: string): string => {
    const { type } = column.column;
    const stored = type.kind === "enum" ? `${types.enumCodec(type)}.valueOf(${value})` : value;
    return `key.${types.storedAs(type)}(${stored});`;
  };
  const readers = columns.map(({ column }) => types.checker("bound", column.type));
  const names = columns.map(({ column }) => JSON.stringify(column.name));
  const properties = columns.map(({ property }) => JSON.stringify(property));
  return [
    "      {",
    `        name: ${JSON.stringify(index.name)},`,
    ...fitList("columns: [", names, "],", "        "),
    ...fitList("properties: [", properties, "],", "        "),
    `        unique: ${index.unique},`,
    "        key(row) {",
    `          const key = ${types.$}.startKey();`,
    ...columns.map((column) => `          ${keyPart(column, `row.${column.property}`)}`),
    "          return key.finish();",
    "        },",
    ...fitOperands(
      "sameKey: (a, b) =>",
      columns.map(({ field }) => `a.${field} === b.${field}`),
      "&&",
      ",",
      "        ",
    ),
    "        prefix(values) {",
    `          const key = $.startPrefix(values, ${columns.length}, ${path});`,
    ...columns.map((column, at) => {
      const withoutRange = { ...column, column: { ...column.column, range: undefined } };
      const checked = checkedColumn(types, withoutRange, `values[${at}]`);
      return `          if (values.length > ${at}) ${keyPart(column, checked)}`;
    }),
    "          return key.finish();",
    "        },",
    "        fromWire(bound) {",
    ...fitList(
      "return $.readBound(",
      ["bound", JSON.stringify(component.name), `[${names.join(", ")}]`, `[${readers.join(", ")}]`],
      ");",
      "          ",
    ),
    "        },",
    "      },",
  ];
}

function rules(parts: ComponentParts): string[] {
  const { rules: list } = parts.component.access;
  if (list.length === 0) return ["    rules: [],"];
  return ["    rules: [", ...list.flatMap((rule) => rowRule(parts, rule)), "    ],"];
}

function rowRule(parts: ComponentParts, rule: RlsRuleModel): string[] {
  const names = parts.columns.find(({ column }) => column.name === rule.column) as ColumnNames;
  return [
    "      {",
    `        column: ${JSON.stringify(rule.column)},`,
    `        operator: ${JSON.stringify(rule.operator)},`,
    `        context: ${JSON.stringify(rule.context)},`,
    `        passes: (row, value) => ${comparison(parts, names, rule.operator)},`,
    "      },",
  ];
}

function comparison(
  { types }: ComponentParts,
  { column, property }: ColumnNames,
  operator: RlsRuleModel["operator"],
): string {
  if (operator === "==") return `row.${property} === value`;
  if (operator === "!=") return `row.${property} !== value`;
  // Indexes order text by code point, JavaScript does not.
  if (column.type.kind === "string") return `$.compareText(row.${property}, value as string) ${operator} 0`;
  return `row.${property} ${operator} (value as ${types.type(column.type)})`;
}

function create(parts: ComponentParts): string[] {
  const defaults = ["id", "0", ...parts.packed.map((column) => columnDefault(parts, column))];
  // Projects with noUnusedParameters compile this, too.
  const now = defaults.includes("now") ? "now" : "_now";
  return [
    `    create(id, values, ${now}, partial) {`,
    ...fitList(`const row = new ${parts.name}(`, defaults, ");", "      "),
    "      this.assign(row, values);",
    "      if (!partial) {",
    "        const missing = this.missing(row);",
    `        if (missing !== undefined) ${parts.types.$}.unset(\`${parts.component.name}.\${missing}\`);`,
    "      }",
    "      return row;",
    "    },",
  ];
}

function assign(parts: ComponentParts): string[] {
  const name = JSON.stringify(parts.component.name);
  return [
    "    assign(row, values) {",
    `      for (const [name, value] of ${parts.types.$}.entries(values)) {`,
    "        if (value === undefined) continue;",
    "        switch (name) {",
    ...parts.columns.flatMap(({ column, property }) => [
      `          case ${JSON.stringify(property)}:`,
      `            row.${property} = value as ${parts.types.type(column.type)};`,
      "            break;",
    ]),
    '          case "id":',
    `            $.checkSameId(row.id, value, ${name});`,
    "            break;",
    "          default:",
    `            $.refuseUnknown(${name}, name, value);`,
    "        }",
    "      }",
    "    },",
  ];
}

function missing(parts: ComponentParts): string[] {
  const required = parts.columns.filter((column) => column.required);
  if (required.length === 0) return ["    missing: () => undefined,"];
  return [
    "    missing(row) {",
    ...required.map(
      ({ column, field }) => `      if (row.${field} === undefined) return ${JSON.stringify(column.name)};`,
    ),
    "      return undefined;",
    "    },",
  ];
}

function decode(parts: ComponentParts): string[] {
  const { types } = parts;
  const values = parts.packed.map(({ column, path }) => {
    const read = `reader.${types.storedAs(column.type)}()`;
    return column.type.kind === "enum" ? `${types.enumCodec(column.type)}.read(${read}, ${path})` : read;
  });
  return [
    "    decode(id, version, reader) {",
    ...fitList(`return new ${parts.name}(`, ["id", "version", ...values], ");", "      "),
    "    },",
  ];
}

function encode(parts: ComponentParts): string[] {
  const { types } = parts;
  const lines = parts.packed.map(({ column, property }) => {
    const { type } = column;
    const value = type.kind === "enum" ? `${types.enumCodec(type)}.valueOf(row.${property})` : `row.${property}`;
    return `      writer.${types.storedAs(type)}(${value});`;
  });
  return block("    encode(row, writer)", lines, "},");
}

function clone(parts: ComponentParts): string[] {
  const values = parts.packed.map(({ column, field, required }) => {
    if (column.type.kind !== "bytes") return `row.${field}`;
    return `row.${field}${required ? "?" : ""}.slice()`;
  });
  return [
    "    clone(row) {",
    ...fitList(`return new ${parts.name}(`, ["row.id", "row.$version", ...values], ");", "      "),
    "    },",
  ];
}

function ownerOf({ columns }: ComponentParts): string[] {
  const owner = columns.find(
    ({ column }) => column.name === "owner" && column.type.kind === "scalar" && column.type.name === "i64",
  );
  return [`    ownerOf: ${owner === undefined ? "() => undefined" : `(row) => row.${owner.field}`},`];
}

function writeMap(parts: ComponentParts, hidden: boolean): string[] {
  const count = (...visible: readonly string[]): number =>
    1 + parts.columns.filter(({ column }) => visible.includes(column.visibility)).length;
  const all = count("public", "owner", "admin");
  const owner = count("public", "owner");
  const everyone = count("public");
  let size = owner === everyone ? String(everyone) : `audience === "public" ? ${everyone} : ${owner}`;
  if (all !== owner) size = `audience === "admin" ? ${all} : ${size}`;
  return [
    `    writeMap(row, writer${hidden ? ", audience" : ""}) {`,
    `      writer.mapHeader(${size});`,
    '      writer.string("id");',
    "      writer.bigint(row.id);",
    ...parts.columns.flatMap(({ column, property }) => {
      const lines = (indent: string): string[] => [
        `${indent}writer.string(${JSON.stringify(column.name)});`,
        ...parts.types.writeForHetu1(column.type, `row.${property}`, indent),
      ];
      if (column.visibility === "public") return lines("      ");
      const condition = column.visibility === "owner" ? 'audience !== "public"' : 'audience === "admin"';
      return [`      if (${condition}) {`, ...lines("        "), "      }"];
    }),
    "    },",
  ];
}

/** A column's type as the schema spells it. */
function schemaType(type: ColumnTypeModel): string {
  if (type.kind === "scalar" || type.kind === "enum") return type.name;
  return `${type.kind}(${type.max})`;
}
