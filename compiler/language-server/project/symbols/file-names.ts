import { fieldsOf } from "../../../check/kinds.js";
import { isCallable } from "../../../check/project.js";
import type { Declaration, SchemaFile } from "../../../syntax/tree.js";
import { addAttributeNames } from "./attribute-names.js";
import { addClauseNames } from "./clause-names.js";
import { addFieldNames, addTypeNames } from "./field-names.js";
import type { Scope } from "./scope.js";
import type { Occurrence } from "./symbol.js";

/** Every name in a file that leads to something, by place. */
export function fileNames(scope: Scope, file: SchemaFile): readonly Occurrence[] {
  if (file.namespace !== undefined) scope.addNamespace(file.namespace.name, "declaration");
  for (const declaration of file.declarations) addDeclarationNames(scope, declaration);
  return scope.occurrences.sort((a, b) => a.span.start - b.span.start);
}

function addDeclarationNames(scope: Scope, declaration: Declaration): void {
  addOwnName(scope, declaration);
  if (declaration.kind === "EnumDeclaration") {
    for (const { name } of declaration.values) scope.addEnumValue(declaration, name, scope.namespace, "declaration");
    return;
  }
  if (declaration.kind === "ComponentDeclaration") addAttributeNames(scope, declaration);
  for (const field of fieldsOf(declaration)) addFieldNames(scope, declaration, field);
  if (!isCallable(declaration)) return;
  if (declaration.result !== undefined) addTypeNames(scope, declaration.result.type);
  addClauseNames(scope, declaration);
}

function addOwnName(scope: Scope, declaration: Declaration): void {
  const namespace = scope.namespace.name;
  if (declaration.kind === "SessionDeclaration") {
    const session = scope.namespace.session ?? declaration;
    scope.add({ kind: "session", namespace, declaration: session }, declaration.keyword, "declaration");
    return;
  }
  const first = scope.first(declaration);
  scope.add({ kind: "declaration", namespace, declaration: first }, declaration.name.span, "declaration");
}
