import {
  CSHARP_COLUMNS,
  CSHARP_ERROR_MEMBERS,
  CSHARP_FRAMEWORK,
  CSHARP_KEYWORDS,
  CSHARP_MEMBERS,
  CSHARP_PARAMETERS,
  CSHARP_SDK,
  CSHARP_SDK_INTERNALS,
} from "./reserved-csharp.js";
import { camelCase, escapeReserved, pascalCase } from "./words.js";

const columns: ReadonlySet<string> = new Set([...CSHARP_MEMBERS, ...CSHARP_COLUMNS]);
const errorMembers: ReadonlySet<string> = new Set([...CSHARP_MEMBERS, ...CSHARP_ERROR_MEMBERS]);
const parameters: ReadonlySet<string> = new Set([...CSHARP_KEYWORDS, ...CSHARP_PARAMETERS]);
const types: ReadonlySet<string> = new Set([...CSHARP_FRAMEWORK, ...CSHARP_SDK, ...CSHARP_MEMBERS]);
const namespaces: ReadonlySet<string> = new Set([...types, ...CSHARP_SDK_INTERNALS]);

/** A component, enum, struct or event: `PascalCase`. */
export function csharpTypeName(name: string): string {
  return escapeReserved(pascalCase(name), types);
}

/** The exception class of an error: `PascalCase` that ends in `Exception`. */
export function csharpErrorName(name: string): string {
  const pascal = pascalCase(name);
  return escapeReserved(pascal.endsWith("Exception") ? pascal : `${pascal}Exception`, types);
}

/** The last part of the C# namespace of a schema namespace: `PascalCase`. */
export function csharpNamespaceName(name: string): string {
  return escapeReserved(pascalCase(name), namespaces);
}

/**
 * A field of a struct or an event, or an enum value: `PascalCase`.
 * @param enclosing the C# name of the type that the member is in: C# refuses a member of that name.
 */
export function csharpMemberName(name: string, enclosing: string): string {
  return memberName(name, enclosing, CSHARP_MEMBERS);
}

/** A column, which becomes a property of a row: as {@link csharpMemberName}, and never a nested type of the row. */
export function csharpColumnName(name: string, enclosing: string): string {
  return memberName(name, enclosing, columns);
}

/** A field of an `error`, which becomes a property of a subclass of `Exception`. */
export function csharpErrorMemberName(name: string, enclosing: string): string {
  return memberName(name, enclosing, errorMembers);
}

/** The method that calls a system or endpoint: `MoveToAsync` for `move_to`. */
export function csharpMethodName(name: string): string {
  return `${pascalCase(name)}Async`;
}

/** A parameter of a call or a constructor: `camelCase`, never a keyword. */
export function csharpParameterName(name: string): string {
  return escapeReserved(camelCase(name), parameters);
}

function memberName(name: string, enclosing: string, reserved: ReadonlySet<string>): string {
  const member = escapeReserved(pascalCase(name), reserved);
  return member === enclosing ? `_${member}` : member;
}
