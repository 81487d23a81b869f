import type { EnumModel, ErrorModel, EventModel, FieldModel, StructModel } from "../../model/model.js";
import { typescriptErrorMemberName, typescriptMemberName, typescriptTypeName } from "../../model/names/typescript.js";
import { docComment } from "../doc-comment.js";
import type { ModuleDescription } from "./client-module.js";
import type { ClientLayout } from "./layout.js";
import { OWN_PATH, type Owner, ValueCode } from "./value-code.js";

/** `enums/team`: the table of values, the union of names, and how they are read and written. */
export function describeEnum(layout: ClientLayout, namespace: string, declared: EnumModel): ModuleDescription {
  const name = typescriptTypeName(declared.name);
  const type = layout.internal(namespace, "enums", declared.name);
  const values = declared.values.map((value) => ({ ...value, property: typescriptMemberName(value.name) }));
  return {
    path: type.module,
    namespace,
    declares: [name, type.name],
    build(module) {
      const table = values.flatMap(({ property, value, ...documented }) => [
        ...docComment(documented, "  "),
        `  readonly ${property}: ${value};`,
      ]);
      module.types(
        docComment(declared),
        `export type ${name} = ${values.map(({ property }) => `"${property}"`).join(" | ")};`,
      );
      module.constant(
        name,
        ["{", ...table, "}"].join("\n"),
        ["{", ...values.map(({ property, value }) => `  ${property}: ${value},`), "};"],
        declared,
      );
      module.constant(type.name, `${module.$type}.EnumType<${name}>`, [`new ${module.$}.EnumType(${name});`]);
    },
  };
}

/** `structs/reward`: the interface, a reader and a writer. */
export function describeStruct(layout: ClientLayout, namespace: string, declared: StructModel): ModuleDescription {
  const { name, module: path } = layout.declared(namespace, "structs", declared.name);
  const read = layout.internal(namespace, "structs", declared.name, "read").name;
  const write = layout.internal(namespace, "structs", declared.name, "write").name;
  return {
    path,
    namespace,
    declares: [name, read, write],
    build(module) {
      const code = new ValueCode(module, layout);
      const { $, $type } = module;
      module.types(
        docComment(declared),
        `export interface ${name} {`,
        interfaceFields(code, declared.fields, typescriptMemberName),
        "}",
      );
      module.function(
        read,
        [
          ["value", "unknown"],
          ["path", "string"],
        ],
        name,
        readBody($, code, declared.fields, OWN_PATH, typescriptMemberName),
      );
      const fields = declared.fields.map(
        ({ name: field, type, optional, range }) =>
          `    [${JSON.stringify(field)}, ${JSON.stringify(typescriptMemberName(field))}, ${optional === true}, ${code.writer(type, range)}],`,
      );
      module.function(
        write,
        [
          ["writer", `${$type}.MessagePackWriter`],
          ["value", "unknown"],
          ["path", "string"],
        ],
        "void",
        [
          `  ${$}.writeStruct(`,
          "    writer,",
          "    value,",
          "    [",
          ...fields.map((line) => `  ${line}`),
          "    ],",
          "    path,",
          "  );",
        ],
      );
    },
  };
}

/** `errors/not-enough-gold`: a subclass of CallRejectedError with the error's fields. */
export function describeError(layout: ClientLayout, namespace: string, declared: ErrorModel): ModuleDescription {
  const { name, module: path } = layout.declared(namespace, "errors", declared.name);
  const spec = layout.internal(namespace, "errors", declared.name).name;
  const code = JSON.stringify(declared.name);
  return {
    path,
    namespace,
    declares: [name, spec],
    build(module) {
      const values = new ValueCode(module, layout);
      const { $, $type } = module;
      const fields = declared.fields.map((field) => ({
        ...documentation(field),
        name: typescriptErrorMemberName(field.name),
        type: values.type(field.type, "out") + (field.optional === true ? " | undefined" : ""),
      }));
      module.class(
        name,
        { name: `${$}.Rejection`, typeArguments: `<${code}>` },
        fields,
        {
          parameters: [
            ["system", "string"],
            ["fields", "unknown"],
          ],
          body: [
            `super(system, ${code}, fields);`,
            `this.name = ${JSON.stringify(name)};`,
            ...(fields.length > 0 ? [`const map = ${$}.readMap(fields, ${code});`] : []),
            ...declared.fields.map(
              (field) => `this.${typescriptErrorMemberName(field.name)} = ${values.readField(field, declared)};`,
            ),
          ],
        },
        declared,
      );
      module.constant(spec, `${$type}.ErrorSpec`, [
        "{",
        `  code: ${code},`,
        `  read: (system, fields) => new ${name}(system, fields),`,
        "};",
      ]);
    },
  };
}

/** `events/shout`: the interface, and the token that `client.events.on` takes. */
export function describeEvent(layout: ClientLayout, namespace: string, declared: EventModel): ModuleDescription {
  const { name, module: path } = layout.declared(namespace, "events", declared.name);
  return {
    path,
    namespace,
    declares: [name],
    build(module) {
      const code = new ValueCode(module, layout);
      const { $, $type } = module;
      module.types(
        docComment(declared),
        `export interface ${name} {`,
        interfaceFields(code, declared.fields, typescriptMemberName),
        "}",
      );
      module.constant(
        name,
        `${$type}.EventSpec<${name}>`,
        [
          "{",
          `  name: ${JSON.stringify(declared.name)},`,
          "  read(value) {",
          ...readBody($, code, declared.fields, declared, typescriptMemberName).map((line) => `  ${line}`),
          "  },",
          "};",
        ],
        declared,
      );
    },
  };
}

/** Members of an interface of what the application gets. */
function interfaceFields(
  code: ValueCode,
  fields: readonly FieldModel[],
  propertyOf: (name: string) => string,
): readonly string[] {
  return fields.flatMap((field) => {
    const type = code.type(field.type, "out");
    const isOptional = field.optional === true;
    return [
      ...docComment(field, "  "),
      `  ${propertyOf(field.name)}${isOptional ? "?" : ""}: ${type}${isOptional ? " | undefined" : ""};`,
    ];
  });
}

/**
 * Statements that read a map into an object.
 */
function readBody(
  $: string,
  code: ValueCode,
  fields: readonly FieldModel[],
  owner: Owner,
  propertyOf: (name: string) => string,
): readonly string[] {
  const ownerPath = owner === OWN_PATH ? "path" : JSON.stringify(owner.name);
  if (fields.length === 0) return [`  ${$}.readMap(value, ${ownerPath});`, "  return {};"];
  return [
    `  const map = ${$}.readMap(value, ${ownerPath});`,
    "  return {",
    ...fields.map((field) => {
      const property = propertyOf(field.name);
      const value = code.readField(field, owner);
      if (field.optional !== true) return `    ${property}: ${value},`;
      return `    ...${$}.optionalProperty(${JSON.stringify(property)}, ${value}),`;
    }),
    "  };",
  ];
}

function documentation({ doc, deprecated }: FieldModel): { readonly doc?: string; readonly deprecated?: string } {
  return { ...(doc === undefined ? {} : { doc }), ...(deprecated === undefined ? {} : { deprecated }) };
}
