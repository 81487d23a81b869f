import { CompletionItemKind } from "vscode-languageserver-types";
import { hasAttribute } from "../../../check/attributes/read.js";
import type { CallableDeclarationNode, Namespace, TypeDeclaration } from "../../../check/project.js";
import { keywordText } from "../hover/keyword-texts.js";
import { declaredProposal } from "./declared.js";
import type { ClauseWord, Expected } from "./expected.js";
import type { Proposal } from "./proposal.js";
import type { Scope } from "./scope.js";

const CORE = "core";

const EXPECTED_KINDS = {
  uses: "ComponentDeclaration",
  calls: "SystemDeclaration",
  rejects: "ErrorDeclaration",
  emits: "EventDeclaration",
} as const satisfies Record<ClauseWord, (TypeDeclaration | CallableDeclarationNode)["kind"]>;

const SYSTEM_CLAUSES: readonly ClauseWord[] = ["uses", "calls", "rejects", "emits"];
const ENDPOINT_CLAUSES: readonly ClauseWord[] = ["calls", "rejects"];

/** The keywords of the clauses that are not there yet. */
export function clauseKeywords(
  scope: Scope,
  { callable, declaration, given }: Extract<Expected, { kind: "clause" }>,
): Proposal[] {
  const isStale = hasAttribute(scope.declaration(declaration)?.attributes ?? [], "stale");
  return (callable === "system" ? SYSTEM_CLAUSES : ENDPOINT_CLAUSES)
    .filter((word) => !given.includes(word) && !(isStale && word === "emits"))
    .map((word, index) => ({
      label: word,
      kind: CompletionItemKind.Keyword,
      rank: 1,
      order: index,
      detail: "clause",
      documentation: keywordText(word),
    }));
}

/** What a clause may list: names of its kind in the same namespace or `core`, those that it lists left out. */
export function clauseNames(
  scope: Scope,
  { clause, declaration, namespace: prefix, given }: Extract<Expected, { kind: "clause name" }>,
): Proposal[] {
  const caller = scope.declaration(declaration);
  const isStale = clause === "calls" && hasAttribute(caller?.attributes ?? [], "stale");
  const listed = new Set(given);
  const isOffered = (each: TypeDeclaration | CallableDeclarationNode): boolean =>
    each.kind === EXPECTED_KINDS[clause] &&
    each !== caller &&
    !listed.has(each.name.text) &&
    (!isStale || hasAttribute(each.attributes, "stale"));
  const declaredIn = (namespace: Namespace, prefixed: boolean): Proposal[] =>
    [...(clause === "calls" ? namespace.callables : namespace.types).values()]
      .filter(isOffered)
      .map((each) => declaredProposal(each, namespace, prefixed));

  const core = scope.snapshot.context.namespaces.get(CORE);
  const own = scope.namespace;
  if (prefix !== undefined) {
    const namespace = [own, core].find((each) => each?.name === prefix);
    return namespace === undefined ? [] : declaredIn(namespace, false);
  }
  return [
    ...(own === undefined ? [] : declaredIn(own, false)),
    ...(core === undefined || core === own ? [] : declaredIn(core, true)),
  ];
}

/** The copies that the namespace has: systems that name the same one share its tables. */
export function copies(scope: Scope): Proposal[] {
  const suffixes = new Set(
    [...(scope.namespace?.callables.values() ?? [])].flatMap(({ calls }) =>
      (calls?.items ?? []).flatMap(({ suffix }) => (suffix === undefined ? [] : [suffix.text])),
    ),
  );
  return [...suffixes].map((label) => ({ label, kind: CompletionItemKind.Reference, detail: "copy" }));
}
