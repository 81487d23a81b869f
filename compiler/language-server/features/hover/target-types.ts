import {
  csharpColumnName,
  csharpErrorMemberName,
  csharpErrorName,
  csharpMemberName,
  csharpParameterName,
  csharpTypeName,
} from "../../../model/names/csharp.js";
import {
  typescriptErrorMemberName,
  typescriptMemberName,
  typescriptParameterName,
  typescriptTypeName,
} from "../../../model/names/typescript.js";
import { placeOf, type FieldOwner } from "../../../check/kinds.js";
import { enumBase } from "../../../check/values.js";
import type { ResolvedType } from "../../../check/types.js";
import type { Field } from "../../../syntax/tree.js";
import { grouped } from "./signature.js";
import { TYPE_TEXTS } from "./type-texts.js";

/** How generated code has a field: "TypeScript `lastSeen: number` · C# `long LastSeen`". */
export function targetForms(owner: FieldOwner, field: Field, type: ResolvedType): string | undefined {
  if (type.kind === "unknown") return undefined;
  const optional = field.optional === undefined ? "" : "?";
  const place = placeOf(owner);
  const name = typescriptName(place, field.name.text);
  const typescript = `TypeScript \`${name}${optional}: ${typescriptType(type)}\``;
  // The session is the server's alone.
  if (owner.kind === "SessionDeclaration") return typescript;
  return `${typescript} · C# \`${csharpType(type)}${optional} ${csharpName(owner, field.name.text)}\``;
}

/** What a value of a type takes: "UTF-8, at most 128 bytes". */
export function storedForm(type: ResolvedType): string | undefined {
  switch (type.kind) {
    case "scalar":
      return storedScalar(type.name);
    case "string":
      return `UTF-8, at most ${grouped(type.max)} code points and ${grouped(mostBytes(type))} bytes`;
    case "bytes":
      return `at most ${grouped(type.max)} bytes`;
    case "enum": {
      const base = enumBase(type.declaration);
      return `its number as \`${base}\`: ${storedScalar(base) ?? base}`;
    }
    default:
      return undefined;
  }
}

/** The most bytes that a value of a column takes. */
export function mostBytes(type: ResolvedType): number {
  switch (type.kind) {
    case "scalar":
      return TYPE_TEXTS[type.name]?.bytes ?? 0;
    case "string":
    case "bytes":
      return type.max * (TYPE_TEXTS[type.kind]?.bytes ?? 0);
    case "enum":
      return TYPE_TEXTS[enumBase(type.declaration)]?.bytes ?? 0;
    default:
      return 0;
  }
}

function storedScalar(name: string): string | undefined {
  const text = TYPE_TEXTS[name];
  if (text === undefined) return undefined;
  const bytes = `${text.bytes} ${text.bytes === 1 ? "byte" : "bytes"}`;
  return text.stored.includes("byte") ? bytes : `${text.stored}, ${bytes}`;
}

function typescriptType(type: ResolvedType): string {
  switch (type.kind) {
    case "scalar":
      return TYPE_TEXTS[type.name]?.typescript ?? type.name;
    case "string":
    case "bytes":
      return TYPE_TEXTS[type.kind]?.typescript ?? type.kind;
    case "enum":
    case "struct":
      return typescriptTypeName(type.declaration.name.text);
    case "array":
      return `${typescriptType(type.of)}[]`;
    case "unknown":
      return "unknown";
  }
}

function csharpType(type: ResolvedType): string {
  switch (type.kind) {
    case "scalar":
      return TYPE_TEXTS[type.name]?.csharp ?? type.name;
    case "string":
    case "bytes":
      return TYPE_TEXTS[type.kind]?.csharp ?? type.kind;
    case "enum":
    case "struct":
      return csharpTypeName(type.declaration.name.text);
    case "array":
      return `IReadOnlyList<${csharpType(type.of)}>`;
    case "unknown":
      return "object";
  }
}

function typescriptName(place: ReturnType<typeof placeOf>, name: string): string {
  if (place === "parameter") return typescriptParameterName(name);
  return place === "error field" ? typescriptErrorMemberName(name) : typescriptMemberName(name);
}

function csharpName(owner: Exclude<FieldOwner, { kind: "SessionDeclaration" }>, name: string): string {
  const enclosing = owner.name.text;
  switch (placeOf(owner)) {
    case "parameter":
      return csharpParameterName(name);
    case "column":
      return csharpColumnName(name, csharpTypeName(enclosing));
    case "error field":
      return csharpErrorMemberName(name, csharpErrorName(enclosing));
    default:
      return csharpMemberName(name, csharpTypeName(enclosing));
  }
}
