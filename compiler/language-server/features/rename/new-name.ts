import type { CheckContext } from "../../../check/context.js";
import { isName } from "../../../check/is-name.js";
import { fieldsOf, placeOf } from "../../../check/kinds.js";
import { isCallable } from "../../../check/project.js";
import { CALLER } from "../../../check/rls.js";
import { isReservedType } from "../../../check/rules/reserved-names.js";
import { BUILT_IN_TYPES } from "../../../check/types.js";
import type { Name } from "../../../syntax/tree.js";
import type { Snapshot } from "../../project/snapshot.js";
import type { SchemaSymbol } from "../../project/symbols/symbol.js";

const BUILT_IN: ReadonlySet<string> = new Set(BUILT_IN_TYPES);

/** Why a symbol cannot have a name; `undefined` when nothing of the kind stands in the way. */
export function whyNotCalled(snapshot: Snapshot, symbol: SchemaSymbol, name: string): string | undefined {
  if (!isName(name)) {
    return `\`${name}\` is not a name: a letter comes first, then letters of ASCII, digits and \`_\`.`;
  }
  return whyReserved(symbol, name) ?? whyTaken(snapshot, symbol, name);
}

function whyReserved(symbol: SchemaSymbol, name: string): string | undefined {
  const isColumn = symbol.kind === "field" && placeOf(symbol.owner) === "column";
  const isType = symbol.kind === "declaration" && !isCallable(symbol.declaration);
  if (isType && BUILT_IN.has(name)) return `\`${name}\` is a built-in type.`;
  if ((isType && isReservedType(name)) || (isColumn && (name === "id" || name === "version"))) {
    return `\`${name}\` is what every row has; nothing else may be called so.`;
  }
  if (symbol.kind === "namespace" && name === "core") return "The namespace `core` comes with the server.";
  const isSessionField = symbol.kind === "field" && symbol.owner.kind === "SessionDeclaration";
  if (isSessionField && name === CALLER) return "`ctx.caller` is the id of the user who is logged in.";
  return undefined;
}

function whyTaken(snapshot: Snapshot, symbol: SchemaSymbol, name: string): string | undefined {
  const { context, symbols } = snapshot;
  if (symbol.kind === "namespace") {
    return context.namespaces.has(name) ? `There is a namespace \`${name}\` already.` : undefined;
  }
  if (symbol.kind === "copy") {
    const taken = symbols.occurrences({ ...symbol, suffix: name }).length > 0;
    return taken ? `Other calls run on \`:${name}\` already; they would share its tables.` : undefined;
  }
  const other = sameScope(context, symbol).find(({ text }) => text === name);
  if (other === undefined) return undefined;
  const { file, start } = other.span;
  return `\`${name}\` is taken already (${file.path}:${file.position(start).line}).`;
}

/** The names of the scope that a symbol is declared in. */
function sameScope(context: CheckContext, symbol: Exclude<SchemaSymbol, { kind: "namespace" | "copy" }>): Name[] {
  switch (symbol.kind) {
    case "declaration": {
      const namespace = context.namespaces.get(symbol.namespace);
      const scope = isCallable(symbol.declaration) ? namespace?.callables : namespace?.types;
      return [...(scope?.values() ?? [])].map((each) => each.name);
    }
    case "field":
      return fieldsOf(symbol.owner).map((field) => field.name);
    case "enum value":
      return symbol.declaration.values.map((value) => value.name);
    case "session":
      return [];
  }
}
