import { hasAttribute } from "../../../check/attributes/read.js";
import type { CheckContext } from "../../../check/context.js";
import type { Snapshot } from "../../project/snapshot.js";
import type { SchemaSymbol } from "../../project/symbols/symbol.js";

/**
 * What becomes of stored rows when something gets another name that `@was` cannot tell of: a namespace with tables, or
 * a value of an enum that a column holds. `hetuc diff` calls both `loses data`.
 *
 * @returns a sentence for the user; `undefined` when no row is concerned.
 */
export function dataAtStake({ context }: Snapshot, symbol: SchemaSymbol): string | undefined {
  if (symbol.kind === "namespace") {
    if (!storesSomething(context, symbol.name)) return undefined;
    return `Under another name a namespace begins without data: no table will show the rows of \`${symbol.name}\`.`;
  }
  if (symbol.kind !== "enum value" || !isStored(context, symbol)) return undefined;
  const name = `${symbol.declaration.name.text}.${symbol.value.name.text}`;
  return `Rows that hold \`${name}\` do not get the new name: \`hetu upgrade\` asks for --convert-lossy, or for a migration that sets it.`;
}

function storesSomething(context: CheckContext, namespace: string): boolean {
  return context
    .all("ComponentDeclaration")
    .some((placed) => placed.namespace.name === namespace && !hasAttribute(placed.declaration.attributes, "volatile"));
}

function isStored(context: CheckContext, { declaration }: Extract<SchemaSymbol, { kind: "enum value" }>): boolean {
  return context.all("ComponentDeclaration").some(
    ({ declaration: component, namespace }) =>
      !hasAttribute(component.attributes, "volatile") &&
      component.fields.some((field) => {
        const type = context.type(field.type, namespace);
        return type.kind === "enum" && type.declaration === declaration;
      }),
  );
}
