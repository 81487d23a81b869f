import type { ComponentModel, NamespaceModel } from "../../model/model.js";
import { docComment } from "../doc-comment.js";
import { fitList } from "../print.js";
import type { EmittedFile } from "../target.js";
import { codecMembers } from "./component-codec.js";
import { checkedColumn, componentParts } from "./component-parts.js";
import type { ColumnNames, ComponentParts } from "./component-parts.js";
import { componentTypes } from "./component-types.js";
import type { ServerSymbols } from "./symbols.js";

/** `components/position.ts`: the row class, its codec and the types that belong to it. */
export function emitComponent(
  symbols: ServerSymbols,
  namespace: NamespaceModel,
  component: ComponentModel,
): EmittedFile {
  const parts = componentParts(symbols, namespace, component);
  const { name, types, columns } = parts;
  const { file } = types;
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
    parts.rowType === name ? [] : [`type ${parts.rowType} = ${name};`, ""],
    `export declare namespace ${name} {`,
    componentTypes(parts),
    "}",
  );
  return file.toFile();
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
