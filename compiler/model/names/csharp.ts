import { CSHARP_ERROR_MEMBERS, CSHARP_KEYWORDS, CSHARP_MEMBERS, CSHARP_TYPES } from "./reserved-csharp.js";
import { camelCase, escapeReserved, pascalCase } from "./words.js";

const errorMembers: ReadonlySet<string> = new Set([...CSHARP_MEMBERS, ...CSHARP_ERROR_MEMBERS]);

/** A component, enum, struct, error or event, and a namespace: `PascalCase`. */
export function csharpTypeName(name: string): string {
  return escapeReserved(pascalCase(name), CSHARP_TYPES);
}

/**
 * A property, method or enum value: `PascalCase`.
 * @param enclosing the C# name of the type that the member is in: C# refuses a member of that name.
 */
export function csharpMemberName(name: string, enclosing: string): string {
  return memberName(name, enclosing, CSHARP_MEMBERS);
}

/** A field of an `error`, which becomes a property of a subclass of `Exception`. */
export function csharpErrorMemberName(name: string, enclosing: string): string {
  return memberName(name, enclosing, errorMembers);
}

/** A parameter of a call: `camelCase`, never a keyword. */
export function csharpParameterName(name: string): string {
  return escapeReserved(camelCase(name), CSHARP_KEYWORDS);
}

function memberName(name: string, enclosing: string, reserved: ReadonlySet<string>): string {
  const member = escapeReserved(pascalCase(name), reserved);
  return member === enclosing ? `_${member}` : member;
}
