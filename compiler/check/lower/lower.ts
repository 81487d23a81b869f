import type { DeclaredNamespace } from "../../model/build.js";
import type { Declaration, Field } from "../../syntax/tree.js";
import type { CheckContext } from "../context.js";
import { placeOf, type FieldOwner } from "../kinds.js";
import type { Namespace } from "../project.js";
import { enumBase } from "../values.js";
import { lowerCallable, lowerSystem } from "./callables.js";
import { lowerComponent } from "./components.js";
import { lowerColumnType, lowerDocumentation, lowerEnumValues, lowerField } from "./members.js";

/**
 * Turns a project that no rule has an error for into what the model is built of.
 * @throws InvalidTreeError when there was an error after all.
 */
export function lower(context: CheckContext): readonly DeclaredNamespace[] {
  return [...context.namespaces.values()].map((namespace) => lowerNamespace(namespace, context));
}

function lowerNamespace(namespace: Namespace, context: CheckContext): DeclaredNamespace {
  const all = <K extends Declaration["kind"]>(kind: K): readonly Extract<Declaration, { kind: K }>[] =>
    namespace.declarations.filter((each): each is Extract<Declaration, { kind: K }> => each.kind === kind);
  const message = (
    declaration: FieldOwner & { readonly name: { readonly text: string } },
    fields: readonly Field[],
  ) => ({
    name: declaration.name.text,
    fields: fields.map((field) => lowerField(field, placeOf(declaration), namespace, context)),
  });

  return {
    name: namespace.name,
    enums: all("EnumDeclaration").map((each) => ({
      name: each.name.text,
      base: enumBase(each),
      values: lowerEnumValues(each),
      ...lowerDocumentation(each, "enum"),
    })),
    structs: all("StructDeclaration").map((each) => ({
      ...message(each, each.fields),
      ...lowerDocumentation(each, "struct"),
    })),
    components: all("ComponentDeclaration").map((each) => lowerComponent(each, namespace, context)),
    errors: all("ErrorDeclaration").map((each) => ({
      ...message(each, each.fields),
      ...lowerDocumentation(each, "error"),
    })),
    events: all("EventDeclaration").map((each) => ({
      ...message(each, each.fields),
      ...lowerDocumentation(each, "event"),
    })),
    session: (namespace.session?.fields ?? []).map((field) => ({
      name: field.name.text,
      type: lowerColumnType(context.type(field.type, namespace)),
      ...lowerDocumentation(field, "session field"),
    })),
    systems: all("SystemDeclaration").map((each) => lowerSystem(each, namespace, context)),
    endpoints: all("EndpointDeclaration").map((each) => lowerCallable(each, namespace, context)),
  };
}
