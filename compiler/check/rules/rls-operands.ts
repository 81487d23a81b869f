import { rlsOperator, rlsTypesDiffer } from "../../diagnostics/codes/components.js";
import type { Rule } from "../context.js";
import { resolvedRules } from "../rls.js";
import { typeText, type ResolvedType } from "../types.js";

const EQUALITY: readonly string[] = ["==", "!="];

/** Both sides of `@rls` have the same type, and the operator can compare it. */
export const rlsOperands: Rule = (context) => {
  for (const { rule, column, context: other } of resolvedRules(context)) {
    if (column === undefined || column.kind === "unknown") continue;
    const type = typeText(column);
    const allowed = operators(column);
    if (allowed !== undefined && !allowed.includes(rule.operator.text)) {
      const params = { operator: rule.operator.text, column: rule.column.text, type, allowed };
      context.report(rlsOperator, params, rule.operator.span);
      continue;
    }
    if (other === undefined || other.kind === "unknown" || areComparable(column, other)) continue;
    const params = {
      column: rule.column.text,
      columnType: type,
      context: `ctx.${rule.member.text}`,
      contextType: typeText(other),
    };
    context.report(rlsTypesDiffer, params, rule.span);
  }
};

/** `undefined`: all of them. */
function operators(type: ResolvedType): readonly string[] | undefined {
  if (type.kind === "bytes") return [];
  return type.kind === "enum" || (type.kind === "scalar" && type.name === "bool") ? EQUALITY : undefined;
}

function areComparable(a: ResolvedType, b: ResolvedType): boolean {
  if (a.kind === "scalar" && b.kind === "scalar") return a.name === b.name;
  if (a.kind === "enum" && b.kind === "enum") return a.declaration === b.declaration;
  return a.kind === b.kind;
}
