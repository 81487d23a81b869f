import { ownerMissing } from "../../diagnostics/codes/components.js";
import type { Attribute, ComponentDeclaration } from "../../syntax/tree.js";
import { readFieldName, readName } from "../attributes/read.js";
import type { CheckContext, Rule } from "../context.js";
import type { Namespace } from "../project.js";
import { typeText } from "../types.js";

const OWNER = "owner";

/** Where `@permission(owner)` stands, on the component or on a column, there is an `owner: i64`. */
export const ownerColumns: Rule = (context) => {
  for (const { declaration, namespace } of context.all("ComponentDeclaration")) {
    const first = [
      readName(declaration, "permission"),
      ...declaration.fields.map((field) => readFieldName(field, "column", "permission")),
    ].find((given) => given?.value === OWNER);
    if (first !== undefined) checkOwner(context, declaration, namespace, first.attribute);
  }
};

function checkOwner(
  context: CheckContext,
  component: ComponentDeclaration,
  namespace: Namespace,
  { span }: Attribute,
): void {
  const name = component.name.text;
  const owner = component.fields.find((field) => field.name.text === OWNER);
  if (owner === undefined) {
    if (context.broken.mayDeclare(OWNER) || context.broken.touchesMembers(component)) return;
    context.report(ownerMissing, { component: name, found: undefined }, span);
    return;
  }
  const type = context.type(owner.type, namespace);
  if (type.kind === "unknown" || (type.kind === "scalar" && type.name === "i64")) return;
  const related = [{ message: "declared here", span: owner.span }];
  context.report(ownerMissing, { component: name, found: typeText(type) }, span, { related });
}
