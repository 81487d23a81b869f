import type { ErrorModel } from "../../model/model.js";
import { csharpErrorMemberName } from "../../model/names/csharp.js";
import { CSHARP_ERROR_MEMBERS } from "../../model/names/reserved-csharp.js";
import type { EmittedFile } from "../target.js";
import { CsharpFile, sdk } from "./csharp-file.js";
import type { CsharpLayout } from "./layout.js";
import { block, separated, textLiteral } from "./print.js";
import { OBSOLETE } from "./symbols.js";
import {
  FIELD_CLASS_MEMBERS,
  fieldConstructor,
  fieldProperties,
  fieldSpecs,
  readMethods,
  type CsharpField,
} from "./value-class.js";
import { ValueCode } from "./value-code.js";
import { obsolete, xmlDoc } from "./xml-doc.js";

/** `Errors/NameTakenException.cs`: what a call throws when the server rejects it with this error. */
export function emitError(layout: CsharpLayout, namespace: string, declared: ErrorModel): EmittedFile {
  const { name } = layout.declared(namespace, "errors", declared.name);
  const fields: readonly CsharpField[] = declared.fields.map((field) => {
    return { ...field, property: csharpErrorMemberName(field.name, name) };
  });
  const members = [...fields.map(({ property }) => property), ...FIELD_CLASS_MEMBERS, ...CSHARP_ERROR_MEMBERS];
  const file = new CsharpFile(layout.file(namespace, "errors", declared.name), layout.scope(namespace), { members });
  const code = new ValueCode(file, layout);
  const schemaName = textLiteral(declared.name);
  if (fields.some(({ deprecated }) => deprecated !== undefined)) file.mentionDeprecated();
  const rejection = {
    parameter: "string system",
    doc: "The system that was rejected, as in the schema.",
    base: `system, ${schemaName}`,
  };
  const spare = `private ${name}(string system)`;
  return file.toFile([
    ...xmlDoc(declared, { otherwise: `The error \`${declared.name}\`.` }),
    ...obsolete(declared, () => file.type(OBSOLETE)),
    `[${file.type(sdk("Preserve"))}]`,
    ...block(
      `public sealed class ${name} : ${file.type(sdk("CallRejectedException"))}`,
      separated([
        fieldConstructor(code, name, fields, rejection),
        fields.length === 0 ? [] : block([spare, `    : base(system, ${schemaName})`], []),
        fieldProperties(file, code, fields),
        block(
          `internal sealed class WireCodec : ${file.type(sdk("StructType"), name)}`,
          separated([
            ["private readonly string system;"],
            block(["internal WireCodec(string system)", ...fieldSpecs(file, fields)], ["this.system = system;"]),
            readMethods(file, code, name, `new ${name}(system)`, fields),
          ]),
        ),
      ]),
    ),
  ]);
}
