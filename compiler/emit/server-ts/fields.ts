import type { FieldModel } from "../../model/model.js";
import { docComment } from "../doc-comment.js";
import { fitList } from "../print.js";
import { fieldOf } from "./value-types.js";
import type { ValueSource, ValueTypes } from "./value-types.js";

/** Members of structs, errors and events in TypeScript and on the wire. */
export interface FieldNames {
  (field: string): string;
}

/** The body of an interface. */
export function interfaceFields(types: ValueTypes, fields: readonly FieldModel[], name: FieldNames): string[] {
  return fields.flatMap((field) => {
    const type = types.type(field.type);
    const member =
      field.optional === true ? `${name(field.name)}?: ${type} | undefined` : `${name(field.name)}: ${type}`;
    return [...docComment(field, "  "), `  ${member};`];
  });
}

/**
 * A method `check` (from properties) or `read` (from a wire map) that gives a new object of checked fields.
 */
export function checkMethod(
  types: ValueTypes,
  source: Exclude<ValueSource, "bound">,
  type: string,
  fields: readonly FieldModel[],
  name: FieldNames,
): string[] {
  const head = `  ${source}(value: unknown, path: string): ${type} {`;
  if (fields.length === 0) return [head, `    ${types.$}.checkObject(value, path);`, "    return {};", "  },"];
  return [
    head,
    `    const fields = ${types.$}.checkObject(value, path);`,
    "    return {",
    ...fields.map((field) => {
      const value = fieldOf("fields", source === "check" ? name(field.name) : field.name);
      return `      ${name(field.name)}: ${types.checkedField(source, field, value, `\`\${path}.${field.name}\``)},`;
    }),
    "    };",
    "  },",
  ];
}

/** A method that writes checked fields as a map by schema name; absent optional ones are left out. */
export function writeMethod(
  types: ValueTypes,
  type: string,
  fields: readonly FieldModel[],
  name: FieldNames,
): string[] {
  const optional = fields.filter((field) => field.optional === true);
  const value = fields.length === 0 ? "_value" : "value";
  return [
    ...fitList("write(", [`${value}: ${type}`, `writer: ${types.$}.MessagePackWriter`], "): void {", "  "),
    ...(optional.length === 0
      ? [`    writer.mapHeader(${fields.length});`]
      : [
          `    let count = ${fields.length - optional.length};`,
          ...optional.map((field) => `    if (value.${name(field.name)} !== undefined) count++;`),
          "    writer.mapHeader(count);",
        ]),
    ...fields.flatMap((field) => {
      const property = `value.${name(field.name)}`;
      const key = `writer.string(${JSON.stringify(field.name)});`;
      if (field.optional !== true) return [`    ${key}`, ...types.write(field.type, property, "    ")];
      return [
        `    if (${property} !== undefined) {`,
        `      ${key}`,
        ...types.write(field.type, property, "      "),
        "    }",
      ];
    }),
    "  },",
  ];
}
