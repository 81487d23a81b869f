import type { ComponentModel, IndexModel } from "../../model/model.js";
import type { ComponentDeclaration } from "../../syntax/tree.js";
import { hasAttribute, readCompositeIndexes, readName, readRules } from "../attributes/read.js";
import type { CheckContext } from "../context.js";
import type { Namespace } from "../project.js";
import { lowerColumn, lowerDocumentation, lowerFormerNames } from "./members.js";

export function lowerComponent(
  declaration: ComponentDeclaration,
  namespace: Namespace,
  context: CheckContext,
): Omit<ComponentModel, "copies"> {
  const backend = readName(declaration, "backend")?.value;
  return {
    name: declaration.name.text,
    columns: declaration.fields.map((field) => lowerColumn(field, namespace, context)),
    indexes: lowerIndexes(declaration),
    access: lowerAccess(declaration),
    ...(hasAttribute(declaration.attributes, "volatile") ? { volatile: true } : {}),
    ...(backend === undefined ? {} : { backend }),
    ...lowerFormerNames(declaration.attributes, "component"),
    ...lowerDocumentation(declaration, "component"),
  };
}

/** Single-column indexes in column order, then composite ones as they are written. */
function lowerIndexes(declaration: ComponentDeclaration): readonly IndexModel[] {
  const single = declaration.fields.flatMap(({ name, attributes }) => {
    const unique = hasAttribute(attributes, "unique");
    return unique || hasAttribute(attributes, "index") ? [{ name: name.text, columns: [name.text], unique }] : [];
  });
  const composite = readCompositeIndexes(declaration).map(({ value, unique }) => {
    const columns = value.map(({ text }) => text);
    return { name: columns.join(","), columns, unique };
  });
  return [...single, ...composite];
}

function lowerAccess(declaration: ComponentDeclaration): ComponentModel["access"] {
  const permission = readName(declaration, "permission")?.value;
  if (permission === "owner") {
    return { readers: "user", rules: [{ column: "owner", operator: "==", context: "caller" }] };
  }
  const rules = readRules(declaration).map(({ value }) => ({
    column: value.column.text,
    operator: value.operator.text,
    context: value.member.text,
  }));
  if (rules.length > 0) return { readers: "user", rules };
  return { readers: permission === "everybody" || permission === "user" ? permission : "admin", rules };
}
