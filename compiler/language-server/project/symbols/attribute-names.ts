import { CALLER, RLS_ROOT } from "../../../check/rls.js";
import type { ComponentDeclaration } from "../../../syntax/tree.js";
import type { Scope } from "./scope.js";

const OF_COLUMNS: ReadonlySet<string> = new Set(["index", "unique"]);

/** The columns and session fields that the attributes of a component name. What `@was` names is gone. */
export function addAttributeNames(scope: Scope, component: ComponentDeclaration): void {
  for (const { name, arguments: given } of component.attributes) {
    for (const { value } of given) {
      if (value.kind === "RlsExpression" && name.text === "rls") {
        scope.addField(component, value.column);
        if (value.root.text === RLS_ROOT && value.member.text !== CALLER) {
          scope.addField(scope.namespace.session, value.member);
        }
      } else if (value.kind === "NameReference" && value.namespace === undefined && OF_COLUMNS.has(name.text)) {
        scope.addField(component, value.name);
      }
    }
  }
}
