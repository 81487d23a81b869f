import type { CheckContext } from "../../check/context.js";
import type { Namespace } from "../../check/project.js";
import { CALLER, resolvedRules } from "../../check/rls.js";
import type { Field } from "../../syntax/tree.js";

/**
 * The columns and session fields that `@rls` compares with one, directly or through others: they are all of one type.
 *
 * @returns `undefined` when the type cannot be an enum: where order counts, or the caller's id is compared.
 */
export function comparedFields(
  context: CheckContext,
  namespace: Namespace,
  field: Field,
): readonly Field[] | undefined {
  const rules = [...resolvedRules(context)].filter((each) => each.namespace === namespace);
  const reached = new Set([field]);
  // What is added while a set is gone through is gone through, too.
  for (const each of reached) {
    for (const { rule, columns } of rules) {
      const column = columns.get(rule.column.text);
      const other = namespace.sessionFields.get(rule.member.text);
      if (each !== column && (each !== other || rule.member.text === CALLER)) continue;
      if (rule.member.text === CALLER || (rule.operator.text !== "==" && rule.operator.text !== "!=")) return undefined;
      for (const found of [column, other]) if (found !== undefined) reached.add(found);
    }
  }
  reached.delete(field);
  return [...reached];
}
