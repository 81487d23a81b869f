import { CompletionItemKind } from "vscode-languageserver-types";
import { hasAttribute } from "../../../check/attributes/read.js";
import { KEYWORDS, type Keyword } from "../../../check/kinds.js";
import {
  isCallable,
  type CallableDeclarationNode,
  type Namespace,
  type TypeDeclaration,
} from "../../../check/project.js";
import type { Proposal } from "./proposal.js";

const DECLARATION_KINDS: Readonly<Record<Exclude<Keyword, "session">, CompletionItemKind>> = {
  enum: CompletionItemKind.Enum,
  component: CompletionItemKind.Class,
  struct: CompletionItemKind.Struct,
  error: CompletionItemKind.Constant,
  event: CompletionItemKind.Event,
  system: CompletionItemKind.Function,
  endpoint: CompletionItemKind.Interface,
};

/** Own names before those of other namespaces. */
const OWN_RANK = 2;
const FOREIGN_RANK = 4;

/** A name that is declared. @param prefixed whether its namespace is written in front. */
export function declaredProposal(
  declaration: TypeDeclaration | CallableDeclarationNode,
  namespace: Namespace,
  prefixed: boolean,
): Proposal {
  const name = declaration.name.text;
  const keyword = KEYWORDS[declaration.kind];
  return {
    label: prefixed ? `${namespace.name}.${name}` : name,
    filter: name,
    kind: DECLARATION_KINDS[keyword],
    rank: prefixed ? FOREIGN_RANK : OWN_RANK,
    detail: keyword,
    deprecated: hasAttribute(declaration.attributes, "deprecated"),
    data: { scope: isCallable(declaration) ? "callables" : "types", namespace: namespace.name, name },
  };
}

/** `items.`, behind which its names come. */
export function namespaceProposal({ name }: Namespace): Proposal {
  return { label: name, snippet: `${name}.`, kind: CompletionItemKind.Module, rank: 6, detail: "namespace" };
}
