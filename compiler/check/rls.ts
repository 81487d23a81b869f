import type { ComponentDeclaration, Field, RlsExpression } from "../syntax/tree.js";
import { readRules } from "./attributes/read.js";
import type { CheckContext } from "./context.js";
import { fieldsByName, type Namespace } from "./project.js";
import type { ResolvedType } from "./types.js";

/** The name that a rule calls the connection by. */
export const RLS_ROOT = "ctx";

/** `ctx.caller`: the id of the logged-in user. It hides a session field of that name. */
export const CALLER = "caller";

const CALLER_TYPE: ResolvedType = { kind: "scalar", name: "i64" };

/** One `@rls` with what its two sides lead to, where they lead to something. */
export interface ResolvedRule {
  readonly rule: RlsExpression;
  readonly component: ComponentDeclaration;
  readonly namespace: Namespace;
  readonly columns: ReadonlyMap<string, Field>;
  readonly column: ResolvedType | undefined;
  readonly context: ResolvedType | undefined;
}

/** Every `@rls` of the project. */
export function* resolvedRules(context: CheckContext): Generator<ResolvedRule> {
  for (const { declaration: component, namespace } of context.all("ComponentDeclaration")) {
    const rules = readRules(component);
    if (rules.length === 0) continue;
    const columns = fieldsByName(component.fields);
    for (const { value: rule } of rules) {
      const field = columns.get(rule.column.text);
      const column = field === undefined ? undefined : context.type(field.type, namespace);
      yield { rule, component, namespace, columns, column, context: contextType(context, namespace, rule) };
    }
  }
}

function contextType(context: CheckContext, namespace: Namespace, rule: RlsExpression): ResolvedType | undefined {
  if (rule.root.text !== RLS_ROOT) return undefined;
  if (rule.member.text === CALLER) return CALLER_TYPE;
  const field = namespace.sessionFields.get(rule.member.text);
  return field === undefined ? undefined : context.type(field.type, namespace);
}
