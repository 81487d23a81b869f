import {
  TYPESCRIPT_ERROR_MEMBERS,
  TYPESCRIPT_KEYWORDS,
  TYPESCRIPT_MEMBERS,
  TYPESCRIPT_PARAMETERS,
  TYPESCRIPT_TYPES,
} from "./reserved-typescript.js";
import { camelCase, escapeReserved, pascalCase } from "./words.js";

const parameters: ReadonlySet<string> = new Set([...TYPESCRIPT_KEYWORDS, ...TYPESCRIPT_PARAMETERS]);
const errorMembers: ReadonlySet<string> = new Set([...TYPESCRIPT_MEMBERS, ...TYPESCRIPT_ERROR_MEMBERS]);

/** The exported name of a component, enum, struct, error or event: `PascalCase`. */
export function typescriptTypeName(name: string): string {
  return escapeReserved(pascalCase(name), TYPESCRIPT_TYPES);
}

/** A property: a column, a field of a struct, event or session, a system, an enum value: `camelCase`. */
export function typescriptMemberName(name: string): string {
  return escapeReserved(camelCase(name), TYPESCRIPT_MEMBERS);
}

/** A field of an `error`, which becomes a property of a subclass of `Error`. */
export function typescriptErrorMemberName(name: string): string {
  return escapeReserved(camelCase(name), errorMembers);
}

/** A parameter of a system or endpoint: `camelCase`, never a keyword. */
export function typescriptParameterName(name: string): string {
  return escapeReserved(camelCase(name), parameters);
}

/** The interface of the context that a system or endpoint is given: `MoveToContext` for `move_to`. */
export function typescriptContextName(system: string): string {
  return `${pascalCase(system)}Context`;
}
