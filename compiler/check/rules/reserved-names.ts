import { reservedName } from "../../diagnostics/codes/names.js";
import type { Name } from "../../syntax/tree.js";
import type { CheckContext, Rule } from "../context.js";
import { isCallable } from "../project.js";
import { pascalCase } from "../../model/names/words.js";
import { BUILT_IN_TYPES } from "../types.js";

const ROW_COLUMNS: ReadonlyMap<string, string> = new Map([
  ["id", "every row has an `id: i64`, its primary key"],
  ["version", "every row has a `version`, which the database keeps"],
]);
const TYPES: ReadonlySet<string> = new Set(BUILT_IN_TYPES);
const CORE = "core";

/** Whether no component, enum, struct, error or event may have this name. */
export function isReservedType(name: string): boolean {
  return TYPES.has(name) || ROW_COLUMNS.has(name);
}

/** Columns are not called `id` or `version`, types not like built-in ones, and no namespace `core`. */
export const reservedNames: Rule = (context) => {
  for (const { namespace } of context.files) {
    if (namespace?.name.text === CORE)
      report(context, namespace.name, "namespace", "the namespace `core` comes with the server");
  }
  for (const { declaration } of context.declarations) {
    if (declaration.kind === "SessionDeclaration" || isCallable(declaration)) continue;
    const { name } = declaration;
    if (TYPES.has(name.text)) {
      report(context, name, "type", "it is a built-in type");
    }
    const reason = ROW_COLUMNS.get(name.text);
    if (reason !== undefined) report(context, name, "type", reason);
  }
  for (const { field, place } of context.fields()) {
    const reason = place === "column" ? ROW_COLUMNS.get(field.name.text) : undefined;
    if (reason !== undefined) report(context, field.name, "column", reason);
  }
};

/** What could have a reserved name: a column may as well be left out, as every row has it anyway. */
export type Reserved = "namespace" | "type" | "column";

/** A name that may be declared instead of a reserved one. */
export function unreservedName(name: string, of: Reserved): string {
  if (of === "namespace") return "game";
  if (of === "column") return name === "id" ? "number" : "revision";
  return TYPES.has(name) ? `My${name.charAt(0).toUpperCase()}${name.slice(1)}` : `${pascalCase(name)}Type`;
}

function report(context: CheckContext, { text: name, span }: Name, of: Reserved, reason: string): void {
  const params = { name, reason, rename: unreservedName(name, of), removable: of === "column" };
  context.report(reservedName, params, span);
}
