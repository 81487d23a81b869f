import { fieldsByName } from "../../../check/project.js";
import { readName } from "../../../check/attributes/read.js";
import { CALLER } from "../../../check/rls.js";
import type { ResolvedType } from "../../../check/types.js";
import type { Field } from "../../../syntax/tree.js";
import type { Scope } from "./scope.js";

/** The names of the columns of a component that an index may be on. */
export function columnsOf(scope: Scope, declaration: number | undefined): string[] {
  return indexable(scope, declaration).map(({ name }) => name.text);
}

/** The columns of a component, those of `bytes` left out: nothing can compare or order them. */
export function indexable(scope: Scope, declaration: number | undefined): readonly Field[] {
  const fields = scope.component(declaration)?.fields ?? [];
  return [...fieldsByName(fields).values()].filter((field) => resolved(scope, field)?.kind !== "bytes");
}

export function resolved(scope: Scope, field: Field): ResolvedType | undefined {
  return scope.namespace === undefined ? undefined : scope.snapshot.context.type(field.type, scope.namespace);
}

/** Whether a component has the column that `owner` means; `type`: one of that name that is no `i64`. */
export function canBeOwned(scope: Scope, declaration: number | undefined): "yes" | "no" | "type" | "unknown" {
  const component = scope.component(declaration);
  if (component === undefined) return "unknown";
  const owner = component.fields.find(({ name }) => name.text === "owner");
  if (owner === undefined) return "no";
  const type = resolved(scope, owner);
  if (type === undefined || type.kind === "unknown") return "yes";
  return type.kind === "scalar" && type.name === "i64" ? "yes" : "type";
}

/** The stores that components of the project name. */
export function backends(scope: Scope): string[] {
  const named = scope.snapshot.context.all("ComponentDeclaration").flatMap(({ declaration }) => {
    return declaration.attributes.length === 0 ? [] : (readName(declaration, "backend")?.value ?? []);
  });
  return [...new Set(named)];
}

/** What may stand behind `ctx.`, with its type. */
export function contextMembers(
  scope: Scope,
): { readonly name: string; readonly type: ResolvedType | undefined; readonly field?: Field }[] {
  const fields = [...(scope.namespace?.sessionFields.values() ?? [])].filter(({ name }) => name.text !== CALLER);
  return [
    { name: CALLER, type: { kind: "scalar", name: "i64" } },
    ...fields.map((field) => ({ name: field.name.text, type: resolved(scope, field), field })),
  ];
}

/** Whether `@rls` can compare the two; what is unknown may be anything. Strings may differ in size. */
export function areComparable(a: ResolvedType | undefined, b: ResolvedType | undefined): boolean {
  if (a === undefined || b === undefined || a.kind === "unknown" || b.kind === "unknown") return true;
  if (a.kind === "scalar" && b.kind === "scalar") return a.name === b.name;
  if (a.kind === "enum" && b.kind === "enum") return a.declaration === b.declaration;
  return a.kind === b.kind && a.kind !== "bytes";
}

/** Columns with what they are likely to be compared with: the session field of the same name, `owner` with the caller. */
export function rulePairs(
  scope: Scope,
  declaration: number | undefined,
): { readonly column: string; readonly member: string }[] {
  const members = contextMembers(scope);
  return indexable(scope, declaration).flatMap((field) => {
    const column = field.name.text;
    const wanted = column === "owner" ? CALLER : column;
    const member = members.find(({ name, type }) => name === wanted && areComparable(resolved(scope, field), type));
    return member === undefined ? [] : [{ column, member: member.name }];
  });
}
