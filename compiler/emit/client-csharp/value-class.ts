import type { Documented, FieldModel } from "../../model/model.js";
import { csharpParameterName } from "../../model/names/csharp.js";
import { sdk, type CsharpFile } from "./csharp-file.js";
import { facts } from "./facts.js";
import { block, fitList, separated, textLiteral } from "./print.js";
import { OBSOLETE } from "./symbols.js";
import { type ValueCode } from "./value-code.js";
import { hashOf, valueMembers, type Property } from "./value-members.js";
import { obsolete, xmlDoc } from "./xml-doc.js";

/** A field with its names in C#. */
export interface CsharpField extends FieldModel {
  readonly property: string;
}

/** Every member that a class of fields may have beside its fields, and those that its codec inherits. */
export const FIELD_CLASS_MEMBERS = ["WireCodec", "Instance", "Create", "Read", "Write"] as const;

/** Properties that only the constructor and the codec set. */
export function fieldProperties(file: CsharpFile, code: ValueCode, fields: readonly CsharpField[]): string[] {
  return separated(
    fields.map((field) => {
      const initial = code.initial(field);
      return [
        ...fieldDoc(field),
        ...obsolete(field, () => file.type(OBSOLETE)),
        `public ${code.type(field)} ${field.property} { get; private set; }${initial === undefined ? "" : ` = ${initial};`}`,
      ];
    }),
  );
}

/** A constructor that takes all fields, optional ones last. */
export function fieldConstructor(
  code: ValueCode,
  className: string,
  fields: readonly CsharpField[],
  first: { readonly parameter: string; readonly doc: string; readonly base: string } | undefined,
): string[] {
  const ordered = [...fields.filter(({ optional }) => optional !== true), ...fields.filter(({ optional }) => optional)];
  const parameters = ordered.map((field) => {
    return `${code.type(field)} ${csharpParameterName(field.name)}${field.optional === true ? " = null" : ""}`;
  });
  const docs = ordered.map(({ name, doc }) => ({ name: csharpParameterName(name), text: doc ?? `\`${name}\`` }));
  const all = first === undefined ? parameters : [first.parameter, ...parameters];
  return block(
    [
      ...xmlDoc(
        { doc: "Takes all values." },
        { params: first === undefined ? docs : [{ name: "system", text: first.doc }, ...docs] },
      ),
      ...fitList(`public ${className}(`, all, ")", 2),
      ...(first === undefined ? [] : [`    : base(${first.base})`]),
    ],
    fields.map(({ name, property }) => `${property} = ${csharpParameterName(name)};`),
  );
}

/** The methods of a codec that make an object and read its fields one by one. */
export function readMethods(
  file: CsharpFile,
  code: ValueCode,
  className: string,
  created: string,
  fields: readonly CsharpField[],
): string[] {
  const reader = file.type(sdk("MessagePackReader"));
  const sections = fields.flatMap(({ name, property, type }, at) => [
    `case ${at}:`,
    `    value.${property} = ${code.read(type, name)};`,
    "    break;",
  ]);
  return separated([
    [`protected override ${className} Create() => ${created};`],
    block(
      `protected override void Read(${className} value, int field, ref ${reader} reader)`,
      sections.length === 0 ? [] : block("switch (field)", sections),
    ),
  ]);
}

/** What the constructor of a codec gives to its base. */
export function fieldSpecs(file: CsharpFile, fields: readonly CsharpField[]): string[] {
  const field = file.type(sdk("FieldSpec"));
  const specs = fields.map(
    ({ name, optional }) => `new ${field}(${textLiteral(name)}${optional === true ? ", true" : ""})`,
  );
  return fitList("    : base(", specs, ")", 3).map((line, at) => (at === 0 ? line : `    ${line}`));
}

/** A class of values that never change: a struct or an event. */
export function valueClass(
  file: CsharpFile,
  code: ValueCode,
  name: string,
  documented: Documented & { readonly otherwise: string },
  fields: readonly CsharpField[],
  more: readonly string[],
): string[] {
  const properties: Property[] = fields.map(({ property, type, optional }) => {
    return { name: property, type, optional: optional === true };
  });
  if (fields.some(({ deprecated }) => deprecated !== undefined)) file.mentionDeprecated();
  const equatable = file.type({ namespace: "System", name: "IEquatable" }, name);
  return [
    ...xmlDoc(documented, { otherwise: documented.otherwise }),
    ...obsolete(documented, () => file.type(OBSOLETE)),
    `[${file.type(sdk("Preserve"))}]`,
    ...block(
      `public sealed class ${name} : ${equatable}`,
      separated([
        fieldConstructor(code, name, fields, undefined),
        fields.length === 0 ? [] : block(`private ${name}()`, []),
        fieldProperties(file, code, fields),
        valueMembers(file, name, properties, hashOf(file, properties)),
        block(
          `internal sealed class WireCodec : ${file.type(sdk("StructType"), name)}`,
          separated([
            ["internal static readonly WireCodec Instance = new WireCodec();"],
            block(["private WireCodec()", ...fieldSpecs(file, fields)], []),
            more,
            readMethods(file, code, name, fields.length === 0 ? `new ${name}()` : `new ${name}()`, fields),
          ]),
        ),
      ]),
    ),
  ];
}

function fieldDoc(field: CsharpField): string[] {
  return xmlDoc(field, { otherwise: `\`${field.name}\``, remarks: facts(field) });
}
