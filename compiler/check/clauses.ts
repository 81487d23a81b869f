import type { NameReference } from "../syntax/tree.js";
import type { CallableDeclarationNode, TypeDeclaration } from "./project.js";

/** One name of a clause, with what it must lead to. */
export interface ClauseItem {
  readonly clause: "uses" | "calls" | "rejects" | "emits";
  readonly expected: TypeDeclaration["kind"] | "SystemDeclaration";
  readonly reference: NameReference;
  /** `Shop` in `calls pay:Shop`. */
  readonly suffix: string | undefined;
}

/** All names of all clauses of a system or endpoint. */
export function clauseItems(declaration: CallableDeclarationNode): readonly ClauseItem[] {
  const { uses, calls, rejects, emits } = declaration;
  const plain = (
    clause: ClauseItem["clause"],
    expected: ClauseItem["expected"],
    items: readonly NameReference[] = [],
  ): readonly ClauseItem[] => items.map((reference) => ({ clause, expected, reference, suffix: undefined }));
  return [
    ...plain("uses", "ComponentDeclaration", uses?.items),
    ...(calls?.items ?? []).map(({ system, suffix }): ClauseItem => {
      return { clause: "calls", expected: "SystemDeclaration", reference: system, suffix: suffix?.text };
    }),
    ...plain("rejects", "ErrorDeclaration", rejects?.items),
    ...plain("emits", "EventDeclaration", emits?.items),
  ];
}
