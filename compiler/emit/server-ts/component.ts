import type { ColumnModel, ComponentModel, NamespaceModel } from "../../model/model.js";
import { typescriptMemberName, typescriptTypeName } from "../../model/names/typescript.js";
import { docComment } from "../doc-comment.js";
import { fitList } from "../print.js";
import type { EmittedFile } from "../target.js";
import { codecMembers } from "./component-codec.js";
import { componentTypes } from "./component-types.js";
import { defaultValue } from "./literals.js";
import type { ServerSymbols } from "./symbols.js";
import { ValueTypes } from "./value-types.js";

/** A column and what it is called in the row class. */
export interface ColumnNames {
  readonly column: ColumnModel;
  /** The accessor. */
  readonly property: string;
  /** The private field behind it. */
  readonly field: string;
  /** As errors call it. */
  readonly path: string;
  /** Whether a row may still lack it: there is no default. */
  readonly required: boolean;
  readonly indexed: boolean;
}

/** A component with everything that the printers of its parts need. */
export interface ComponentParts {
  readonly component: ComponentModel;
  readonly name: string;
  readonly types: ValueTypes;
  readonly columns: readonly ColumnNames[];
  /** The same columns as packed rows have them: fixed widths first. */
  readonly packed: readonly ColumnNames[];
}

/** `components/position.ts`: the row class, its codec and the types that belong to it. */
export function emitComponent(
  symbols: ServerSymbols,
  namespace: NamespaceModel,
  component: ComponentModel,
): EmittedFile {
  const name = typescriptTypeName(component.name);
  const file = symbols.file(symbols.path(namespace.name, "components", component.name), [name]);
  const types = new ValueTypes(file, symbols);
  const columns = component.columns.map((column) => columnNames(component, column));
  const packed = [...columns.filter(isFixed), ...columns.filter((column) => !isFixed(column))];
  const parts: ComponentParts = { component, name, types, columns, packed };
  file.print(
    docComment(component),
    `export class ${name} extends ${types.$}.Row {`,
    fields(parts),
    columns.length === 0 ? [] : "",
    constructorOf(parts),
    columns.flatMap((column) => ["", ...accessor(parts, column)]),
    "",
    toObject(parts),
    "",
    `  static readonly $codec: ${types.$}.ComponentCodec<${name}> = {`,
    codecMembers(parts),
    "  };",
    "}",
    "",
    `export declare namespace ${name} {`,
    componentTypes(parts),
    "}",
  );
  return file.toFile();
}

function columnNames(component: ComponentModel, column: ColumnModel): ColumnNames {
  const property = typescriptMemberName(column.name);
  return {
    column,
    property,
    // The base class has a `$tracker` of its own.
    field: property === "tracker" ? "$$tracker" : `$${property}`,
    path: JSON.stringify(`${component.name}.${column.name}`),
    required: column.default === undefined,
    indexed: component.indexes.some((index) => index.columns.includes(column.name)),
  };
}

function isFixed({ column }: ColumnNames): boolean {
  return column.type.kind === "scalar" || column.type.kind === "enum";
}

function fieldType(parts: ComponentParts, { column, required }: ColumnNames): string {
  const type = parts.types.type(column.type);
  return required ? `${type} | undefined` : type;
}

// `declare`: the constructor assigns them all, nothing has to be initialized before.
function fields(parts: ComponentParts): string[] {
  return parts.columns.map((column) => `  declare private ${column.field}: ${fieldType(parts, column)};`);
}

function constructorOf(parts: ComponentParts): string[] {
  const parameters = [
    "id: bigint",
    "version: number",
    ...parts.packed.map((column) => `${column.field}: ${fieldType(parts, column)}`),
  ];
  return [
    ...fitList("private constructor(", parameters, ") {", "  "),
    "    super(id, version);",
    ...parts.packed.map(({ field }) => `    this.${field} = ${field};`),
    "  }",
  ];
}

function accessor(parts: ComponentParts, names: ColumnNames): string[] {
  const { column, property, field, path } = names;
  const { types } = parts;
  const type = types.type(column.type);
  const unset = names.required ? ` ?? ${types.$}.unset(${path})` : "";
  return [
    ...docComment(column, "  "),
    `  get ${property}(): ${type} {`,
    `    return this.${field}${unset};`,
    "  }",
    "",
    `  set ${property}(value: ${type}) {`,
    `    const checked = ${checkedColumn(types, names, "value")};`,
    "    this.$tracker?.beforeChange(this);",
    `    this.${field} = checked;`,
    "  }",
  ];
}

/** The check of an assignment; NaN is refused where an index needs an order. */
export function checkedColumn(types: ValueTypes, { column, path, indexed }: ColumnNames, value: string): string {
  const { type } = column;
  if (indexed && type.kind === "scalar" && (type.name === "f32" || type.name === "f64")) {
    const plain = `${types.$}.checkIndexed${type.name.toUpperCase()}(${value}, ${path})`;
    if (column.range === undefined) return plain;
    return `${types.$}.checkRange(${plain}, ${column.range.min}, ${column.range.max}, ${path})`;
  }
  return types.checked("check", type, value, path, column.range);
}

function toObject(parts: ComponentParts): string[] {
  return [
    `  override toObject(): ${parts.name}.Fields {`,
    "    return {",
    "      id: this.id,",
    ...parts.columns.map(({ column, property, field, required }) => {
      const value = required ? `this.${field} as ${parts.types.type(column.type)}` : `this.${field}`;
      return `      ${property}: ${value},`;
    }),
    "    };",
    "  }",
  ];
}

/** The default of a column as an expression; `undefined` for a column without. */
export function columnDefault(parts: ComponentParts, { column }: ColumnNames): string {
  return column.default === undefined ? "undefined" : defaultValue(parts.types, column.type, column.default);
}
