import type { EnumModel, ErrorModel, EventModel, NamespaceModel, StructModel } from "../../model/model.js";
import { typescriptErrorMemberName, typescriptMemberName, typescriptTypeName } from "../../model/names/typescript.js";
import { pascalCase } from "../../model/names/words.js";
import { docComment } from "../doc-comment.js";
import { block, fitList } from "../print.js";
import type { EmittedFile } from "../target.js";
import { checkMethod, interfaceFields, writeMethod } from "./fields.js";
import type { ServerSymbols } from "./symbols.js";
import { CODEGEN } from "./symbols.js";
import { ValueTypes } from "./value-types.js";

/** `enums/team.ts`: the table of values, the union of names, and the codec. */
export function emitEnum(symbols: ServerSymbols, namespace: NamespaceModel, declared: EnumModel): EmittedFile {
  const name = typescriptTypeName(declared.name);
  const codec = `$${pascalCase(declared.name)}`;
  const file = symbols.file(symbols.path(namespace.name, "enums", declared.name), [name, codec]);
  const $ = file.value(CODEGEN);
  file.print(
    docComment(declared),
    `export const ${name} = {`,
    declared.values.flatMap((value) => [
      ...docComment(value, "  "),
      `  ${typescriptMemberName(value.name)}: ${value.value},`,
    ]),
    "} as const;",
    "",
    docComment(declared),
    `export type ${name} = keyof typeof ${name};`,
    "",
    fitList(
      `export const ${codec} = new ${$}.EnumType<${name}>(${JSON.stringify(declared.name)}, "${declared.base}", ${name}, [`,
      declared.values.map((value) => JSON.stringify(value.name)),
      "]);",
      "",
    ),
  );
  return file.toFile();
}

/** `structs/receipt.ts`: the interface and how it is read and written. */
export function emitStruct(symbols: ServerSymbols, namespace: NamespaceModel, declared: StructModel): EmittedFile {
  const name = typescriptTypeName(declared.name);
  const codec = `$${pascalCase(declared.name)}`;
  const file = symbols.file(symbols.path(namespace.name, "structs", declared.name), [name, codec]);
  const types = new ValueTypes(file, symbols);
  file.print(
    docComment(declared),
    block(`export interface ${name}`, interfaceFields(types, declared.fields, typescriptMemberName)),
    "",
    `export const ${codec} = {`,
    checkMethod(types, "check", name, declared.fields, typescriptMemberName),
    "",
    checkMethod(types, "read", name, declared.fields, typescriptMemberName),
    "",
    writeMethod(types, name, declared.fields, typescriptMemberName),
    "};",
  );
  return file.toFile();
}

/** `errors/not-enough-gold.ts`: what `ctx.reject` takes. */
export function emitError(symbols: ServerSymbols, namespace: NamespaceModel, declared: ErrorModel): EmittedFile {
  return emitMessage(symbols, namespace, "errors", declared, typescriptErrorMemberName);
}

/** `events/shout.ts`: what `ctx.send` takes. */
export function emitEvent(symbols: ServerSymbols, namespace: NamespaceModel, declared: EventModel): EmittedFile {
  return emitMessage(symbols, namespace, "events", declared, typescriptMemberName);
}

function emitMessage(
  symbols: ServerSymbols,
  namespace: NamespaceModel,
  kind: "errors" | "events",
  declared: ErrorModel | EventModel,
  memberName: (field: string) => string,
): EmittedFile {
  const name = typescriptTypeName(declared.name);
  const codec = `$${pascalCase(declared.name)}`;
  const file = symbols.file(symbols.path(namespace.name, kind, declared.name), [name, codec]);
  const types = new ValueTypes(file, symbols);
  const quoted = JSON.stringify(declared.name);
  file.print(
    docComment(declared),
    block(`export interface ${name}`, interfaceFields(types, declared.fields, memberName)),
    "",
    `const ${codec} = {`,
    checkMethod(types, "check", name, declared.fields, memberName),
    "",
    writeMethod(types, name, declared.fields, memberName),
    "};",
    "",
    docComment(declared),
    `export const ${name}: ${types.$}.NamedMessage<${quoted}> = {`,
    `  name: ${quoted},`,
    `  write: (value, writer) => ${codec}.write(${codec}.check(value, ${quoted}), writer),`,
    "};",
  );
  return file.toFile();
}
