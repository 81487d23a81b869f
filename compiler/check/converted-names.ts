import {
  csharpColumnName,
  csharpErrorMemberName,
  csharpErrorName,
  csharpMemberName,
  csharpMethodName,
  csharpParameterName,
  csharpTypeName,
} from "../model/names/csharp.js";
import {
  typescriptContextName,
  typescriptErrorMemberName,
  typescriptMemberName,
  typescriptParameterName,
  typescriptTypeName,
} from "../model/names/typescript.js";
import type { Declaration, Name } from "../syntax/tree.js";
import { fieldsOf } from "./kinds.js";
import { isCallable, type Namespace } from "./project.js";

/** A name with the identifier that a target makes of it. */
export interface Converted {
  readonly name: Name;
  readonly identifier: string;
}

/** Names that must not meet in one target. */
export interface ConvertedScope {
  /** As messages call them, in the plural. */
  readonly what: string;
  readonly target: string;
  readonly names: readonly Converted[];
}

const TYPESCRIPT = "TypeScript, JavaScript";
const CSHARP = "C#";

/** The types and the calls of a namespace. */
export function namespaceScopes(namespace: Namespace): readonly ConvertedScope[] {
  const types = [...namespace.types.values()].map(({ name }) => name);
  const callables = [...namespace.callables.values()].map(({ name }) => name);
  const contexts = callables.map((name) => ({ name, identifier: typescriptContextName(name.text) }));
  return [
    {
      what: "names",
      target: TYPESCRIPT,
      names: [...convert(types, typescriptTypeName), ...firstOfEach(contexts)],
    },
    { what: "types", target: CSHARP, names: convert(types, csharpTypeName) },
    { what: "calls", target: TYPESCRIPT, names: convert(callables, typescriptMemberName) },
    { what: "calls", target: CSHARP, names: convert(callables, csharpMethodName) },
  ];
}

/** The fields, parameters or values of a declaration. */
export function memberScopes(declaration: Declaration): readonly ConvertedScope[] {
  if (declaration.kind === "EnumDeclaration") {
    const names = declaration.values.map(({ name }) => name);
    return both("values", names, typescriptMemberName, (name) => csharpMemberName(name, ""));
  }
  const names = fieldsOf(declaration).map(({ name }) => name);
  if (isCallable(declaration)) return both("parameters", names, typescriptParameterName, csharpParameterName);
  if (declaration.kind === "SessionDeclaration") {
    return [{ what: "fields", target: TYPESCRIPT, names: convert(names, typescriptMemberName) }];
  }
  if (declaration.kind === "ErrorDeclaration") {
    const enclosing = csharpErrorName(declaration.name.text);
    return both("fields", names, typescriptErrorMemberName, (name) => csharpErrorMemberName(name, enclosing));
  }
  const enclosing = csharpTypeName(declaration.name.text);
  const csharpName = declaration.kind === "ComponentDeclaration" ? csharpColumnName : csharpMemberName;
  return both("fields", names, typescriptMemberName, (name) => csharpName(name, enclosing));
}

function both(
  what: string,
  names: readonly Name[],
  typescript: (name: string) => string,
  csharp: (name: string) => string,
): readonly ConvertedScope[] {
  return [
    { what, target: TYPESCRIPT, names: convert(names, typescript) },
    { what, target: CSHARP, names: convert(names, csharp) },
  ];
}

function convert(names: readonly Name[], conversion: (name: string) => string): readonly Converted[] {
  return names.map((name) => ({ name, identifier: conversion(name.text) }));
}

/** Calls that meet each other are told of as calls. */
function firstOfEach(names: readonly Converted[]): readonly Converted[] {
  return [...new Map([...names].reverse().map((each) => [each.identifier, each])).values()].reverse();
}
