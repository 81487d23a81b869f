import type { EventModel, StructModel } from "../../model/model.js";
import { csharpMemberName } from "../../model/names/csharp.js";
import type { EmittedFile } from "../target.js";
import { CsharpFile, sdk } from "./csharp-file.js";
import type { CsharpLayout } from "./layout.js";
import { block, statements, textLiteral } from "./print.js";
import { FIELD_CLASS_MEMBERS, valueClass, type CsharpField } from "./value-class.js";
import { ValueCode } from "./value-code.js";

/** `Structs/Reward.cs`: a class of values, which clients also send. */
export function emitStruct(layout: CsharpLayout, namespace: string, declared: StructModel): EmittedFile {
  const { file, code, name, fields } = open(layout, namespace, "structs", declared);
  const documented = { ...declared, otherwise: `The struct \`${declared.name}\`.` };
  return file.toFile(valueClass(file, code, name, documented, fields, writeMethod(file, code, name, declared, fields)));
}

/** `Events/Shout.cs`: a class of values that the server sends. */
export function emitEvent(layout: CsharpLayout, namespace: string, declared: EventModel): EmittedFile {
  const { file, code, name, fields } = open(layout, namespace, "events", declared);
  const documented = { ...declared, otherwise: `The event \`${declared.name}\`.` };
  return file.toFile(valueClass(file, code, name, documented, fields, []));
}

function open(
  layout: CsharpLayout,
  namespace: string,
  kind: "structs" | "events",
  declared: StructModel | EventModel,
): { file: CsharpFile; code: ValueCode; name: string; fields: readonly CsharpField[] } {
  const symbol = layout.declared(namespace, kind, declared.name);
  const { name } = symbol;
  const fields = declared.fields.map((field) => ({ ...field, property: csharpMemberName(field.name, name) }));
  const members = [...fields.map(({ property }) => property), ...FIELD_CLASS_MEMBERS];
  const file = new CsharpFile(layout.file(namespace, kind, declared.name), layout.scope(namespace), { members });
  return { file, code: new ValueCode(file, layout), name, fields };
}

function writeMethod(
  file: CsharpFile,
  code: ValueCode,
  name: string,
  declared: StructModel,
  fields: readonly CsharpField[],
): string[] {
  const optional = fields.filter((field) => field.optional === true);
  const required = fields.length - optional.length;
  const counts = [`${required}`, ...optional.map(({ property }) => `(value.${property} == null ? 0 : 1)`)];
  const writes = fields.flatMap((field) => {
    const isValue = field.type.kind === "scalar" || field.type.kind === "enum";
    const value = `value.${field.property}${field.optional === true && isValue ? ".Value" : ""}`;
    const lines = [
      `writer.WriteString(${textLiteral(field.name)});`,
      `${code.write(field, value, textLiteral(field.name))};`,
    ];
    return field.optional === true ? block(`if (value.${field.property} != null)`, lines) : lines;
  });
  return block(
    `internal static void Write(${file.type(sdk("MessagePackWriter"))} writer, ${name} value)`,
    statements([
      `${file.value(sdk("Checks"))}.NotNull(value, ${textLiteral(`a ${declared.name}`)}, "");`,
      `writer.WriteMapHeader(${counts.join(" + ")});`,
      ...writes,
    ]),
  );
}
