import { rlsRoot } from "../../diagnostics/codes/components.js";
import { unknownName } from "../../diagnostics/codes/names.js";
import { findColumn } from "../column-names.js";
import type { Rule } from "../context.js";
import { NAMELESS } from "../project.js";
import { CALLER, resolvedRules, RLS_ROOT } from "../rls.js";
import { replacement } from "../replacement.js";

/** `@rls` compares a column of the component with `ctx.caller` or a field of the session. */
export const rlsNames: Rule = (context) => {
  for (const { rule, component, namespace, columns, context: known } of resolvedRules(context)) {
    findColumn(context, component, columns, rule.column);
    const { root, member } = rule;
    if (root.text !== RLS_ROOT) {
      context.report(rlsRoot, { root: root.text, member: member.text }, root.span);
      continue;
    }
    const isSessionBroken = namespace.session !== undefined && context.broken.touchesMembers(namespace.session);
    const mayBeThere = isSessionBroken || context.broken.mayDeclare(member.text) || context.namespaces.has(NAMELESS);
    if (known !== undefined || mayBeThere) continue;
    const suggestion = context.suggestions.nearest(member.text, [CALLER, ...namespace.sessionFields.keys()]);
    const where = `the session of namespace \`${namespace.name}\``;
    context.report(
      unknownName,
      { what: "session field", name: member.text, where, suggestion },
      member.span,
      replacement(member.span, suggestion),
    );
  }
};
