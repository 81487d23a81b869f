import { CompletionItemKind } from "vscode-languageserver-types";
import { hasAttribute } from "../../../check/attributes/read.js";
import type { Field, EnumDeclaration } from "../../../syntax/tree.js";
import { enumNumbers } from "../../../check/values.js";
import { keywordText } from "../hover/keyword-texts.js";
import type { Expected } from "./expected.js";
import type { Proposal } from "./proposal.js";
import type { Scope } from "./scope.js";

/** Defaults that have a name: the values of an enum, `true` and `false`, `now`. */
export function defaults(scope: Scope, { declaration, member }: Extract<Expected, { kind: "default" }>): Proposal[] {
  const field: Field | undefined = scope.field(declaration, member);
  if (field === undefined || scope.namespace === undefined) return [];
  const type = scope.snapshot.context.type(field.type, scope.namespace);
  if (type.kind === "enum") return enumValues(type.declaration);
  if (type.kind !== "scalar") return [];
  const words = type.name === "bool" ? ["true", "false"] : type.name === "timestamp" ? ["now"] : [];
  return words.map((label) => ({
    label,
    kind: CompletionItemKind.Keyword,
    detail: type.name,
    documentation: keywordText(label),
  }));
}

function enumValues(declaration: EnumDeclaration): Proposal[] {
  const numbers = enumNumbers(declaration);
  return declaration.values.map(({ name, doc, attributes }, index) => ({
    label: name.text,
    kind: CompletionItemKind.EnumMember,
    rank: 1,
    order: index,
    detail: `${declaration.name.text}${numbers[index] === undefined ? "" : ` = ${numbers[index]}`}`,
    deprecated: hasAttribute(attributes, "deprecated"),
    ...(doc === undefined ? {} : { documentation: doc.lines.join("\n") }),
  }));
}

/** The namespaces that there are, for a further file of one of them. */
export function namespaceNames(scope: Scope): Proposal[] {
  const stated = scope.file.namespace?.name.text;
  const names = new Set(
    [...scope.snapshot.files.values()]
      .filter((file) => file !== scope.file)
      .flatMap(({ namespace }) => (namespace === undefined ? [] : [namespace.name.text])),
  );
  return [...names].map((label) => ({
    label,
    kind: CompletionItemKind.Module,
    detail: "namespace",
    preselect: label === stated,
  }));
}
