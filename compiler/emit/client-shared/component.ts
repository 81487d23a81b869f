import type { ColumnModel, ColumnTypeModel, IndexModel } from "../../model/model.js";
import { typescriptMemberName, typescriptParameterName } from "../../model/names/typescript.js";
import { docComment } from "../doc-comment.js";
import { fitOperands, propertyKey } from "../print.js";
import type { ClientModule, ModuleDescription } from "./client-module.js";
import type { ClientLayout } from "./layout.js";
import type { PublicComponent } from "../../model/public-model.js";
import { ValueCode } from "./value-code.js";

/** A column with its names; the primary key is one too. */
interface Column {
  readonly name: string;
  readonly property: string;
  readonly type: ColumnTypeModel;
  /** Not every reader of the row gets it. */
  readonly optional: boolean;
  readonly model: Pick<ColumnModel, "doc" | "deprecated">;
}

interface Index {
  readonly name: string;
  readonly unique: boolean;
  readonly columns: readonly Column[];
}

const ID: Column = {
  name: "id",
  property: "id",
  type: { kind: "scalar", name: "i64" },
  optional: false,
  model: { doc: "The primary key, given by the server." },
};

/** `components/position`: the row, its keys and indexes, and the token that `client.query` takes. */
export function describeComponent(
  layout: ClientLayout,
  namespace: string,
  declared: PublicComponent,
): ModuleDescription {
  const { name, module: path } = layout.declared(namespace, "components", declared.name);
  const columns = [ID, ...declared.columns.map(columnOf)];
  const byName = new Map(columns.map((column) => [column.name, column]));
  const indexOf = ({ name: index, unique, columns: names }: IndexModel): Index => ({
    name: index,
    unique,
    columns: names.map((column) => byName.get(column) ?? ID),
  });
  const indexes: readonly Index[] = [{ name: "id", unique: true, columns: [ID] }, ...declared.indexes.map(indexOf)];
  return {
    path,
    namespace,
    declares: [name],
    build(module) {
      const code = new ValueCode(module, layout);
      module.types(
        docComment(declared),
        `export interface ${name} {`,
        columns.flatMap(({ property, type, optional, model }) => [
          ...docComment(model, "  "),
          `  readonly ${property}${optional ? "?" : ""}: ${code.type(type, "out")};`,
        ]),
        "}",
      );
      module.types(`export declare namespace ${name} {`, keyType(code, indexes), "", indexesType(code, indexes), "}");
      const suffixes = declared.copies.map((suffix) => JSON.stringify(suffix)).join(" | ");
      const copied = declared.copies.length > 0;
      const types = `<${name}, ${name}.Key, ${name}.Indexes${copied ? `, ${suffixes}` : ""}>`;
      module.constant(
        name,
        `${module.$type}.${copied ? "CopiedComponent" : "Component"}${types}`,
        [
          `${module.$}.${copied ? "copiedComponent" : "component"}${module.typeArguments(types)}({`,
          `  name: ${JSON.stringify(declared.name)},`,
          ...columnSpecs(code, columns),
          "  indexes: {",
          ...indexes.flatMap((index) => indexSpec(module, code, index)),
          "  },",
          ...sameMethod(code, columns),
          "});",
        ],
        declared,
      );
    },
  };
}

function columnOf(model: ColumnModel): Column {
  const { name, type, visibility } = model;
  return { name, property: typescriptMemberName(name), type, optional: visibility !== "public", model };
}

function keyType(code: ValueCode, indexes: readonly Index[]): string[] {
  const keys = indexes
    .filter(({ unique }) => unique)
    .map(({ columns }) => {
      const members = columns.map(({ property, type }) => `readonly ${property}: ${code.type(type, "in")}`);
      return `{ ${members.join("; ")} }`;
    });
  const line = `  type Key = ${keys.join(" | ")};`;
  const lines = line.length <= 120 ? [line] : ["  type Key =", ...keys.map((key) => `    | ${key}`)];
  if (lines.length > 1) lines[lines.length - 1] += ";";
  return ["  /** What `get` takes: the id, or the columns of one unique index. */", ...lines];
}

function indexesType(code: ValueCode, indexes: readonly Index[]): string[] {
  return [
    "  /** What a bound of `range` is, for each index; of a composite one a leading part of its columns. */",
    "  interface Indexes {",
    ...indexes.map((index) => `    readonly ${propertyKey(indexKey(index))}: ${boundType(code, index)};`),
    "  }",
  ];
}

function boundType(code: ValueCode, { columns }: Index): string {
  const [first] = columns;
  if (columns.length === 1 && first !== undefined) return code.type(first.type, "in");
  const members = columns.map(({ name, type }) => `${typescriptParameterName(name)}: ${code.type(type, "in")}`);
  return members.map((_, at) => `readonly [${members.slice(0, at + 1).join(", ")}]`).join(" | ");
}

/** The name that `range` takes. */
function indexKey({ columns }: Index): string {
  return columns.map(({ property }) => property).join(",");
}

function indexSpec(module: ClientModule, code: ValueCode, index: Index): string[] {
  const { columns } = index;
  const ordered = columns.some(({ property }) => property === "id") ? columns : [...columns, ID];
  const operands = ordered.map(({ type, property }) => code.compare(type, `a.${property}`, `b.${property}`));
  const compare = fitOperands("compare: (a, b) =>", operands, "||", ",", "      ");
  return [
    `    ${propertyKey(indexKey(index))}: {`,
    `      name: ${JSON.stringify(index.name)},`,
    `      properties: [${columns.map(({ property }) => JSON.stringify(property)).join(", ")}],`,
    `      columns: [${columns.map(({ type }) => code.columnKind(type)).join(", ")}],`,
    `      unique: ${index.unique},`,
    ...compare,
    "    },",
  ];
}

function columnSpecs(code: ValueCode, columns: readonly Column[]): string[] {
  return [
    "  columns: {",
    ...columns.map(({ name, property, type, optional }) => {
      const spec = [JSON.stringify(name), code.reader(type), ...(optional ? ["true"] : [])];
      return `    ${property}: [${spec.join(", ")}],`;
    }),
    "  },",
  ];
}

function sameMethod(code: ValueCode, columns: readonly Column[]): string[] {
  // Only rows of one id are compared.
  const operands = columns.slice(1).map(({ type, property }) => code.same(type, `a.${property}`, `b.${property}`));
  if (operands.length === 0) return ["  same: () => true,"];
  return fitOperands("same: (a, b) =>", operands, "&&", ",", "  ");
}
