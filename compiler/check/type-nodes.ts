import type { TypeNode } from "../syntax/tree.js";
import type { CheckContext } from "./context.js";
import { onceEach } from "./once-each.js";
import type { Namespace } from "./project.js";

/** A type as it is written, with the namespace that it is seen from. */
export interface PlacedType {
  readonly type: TypeNode;
  readonly namespace: Namespace;
}

/** The types of all fields, parameters and results. */
export const writtenTypes = onceEach((context: CheckContext): readonly PlacedType[] => [
  ...context.fields().map(({ field, namespace }) => ({ type: field.type, namespace })),
  ...context
    .callables()
    .flatMap(({ declaration: { result }, namespace }) =>
      result === undefined ? [] : [{ type: result.type, namespace }],
    ),
]);
