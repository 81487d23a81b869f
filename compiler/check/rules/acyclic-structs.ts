import { structRecursion } from "../../diagnostics/codes/types.js";
import type { Span } from "../../source/span.js";
import type { StructDeclaration } from "../../syntax/tree.js";
import type { Rule } from "../context.js";
import { findCycles, shorten } from "../cycles.js";
import type { ResolvedType } from "../types.js";

/** No struct contains itself. */
export const acyclicStructs: Rule = (context) => {
  const placed = context.all("StructDeclaration");
  const namespaces = new Map(placed.map(({ declaration, namespace }) => [declaration, namespace]));
  const contained = (struct: StructDeclaration): readonly { to: StructDeclaration; span: Span }[] => {
    const namespace = namespaces.get(struct);
    if (namespace === undefined) return [];
    return struct.fields.flatMap(({ type }) => {
      const to = structWithin(context.type(type, namespace));
      return to === undefined ? [] : [{ to, span: type.span }];
    });
  };
  const structs = placed.map(({ declaration }) => declaration);
  for (const { path, closing } of findCycles(structs, contained)) {
    context.report(structRecursion, { path: shorten(path.map(({ name }) => name.text)) }, closing.span);
  }
};

function structWithin(type: ResolvedType): StructDeclaration | undefined {
  let inner = type;
  while (inner.kind === "array") inner = inner.of;
  return inner.kind === "struct" ? inner.declaration : undefined;
}
