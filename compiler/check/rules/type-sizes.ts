import { sizeMissing, sizeNotTaken, sizeOutOfRange } from "../../diagnostics/codes/types.js";
import type { NamedType } from "../../syntax/tree.js";
import type { CheckContext, Rule } from "../context.js";
import { integerValue } from "../numbers.js";
import type { Namespace } from "../project.js";
import { innermost } from "../innermost.js";
import { writtenTypes } from "../type-nodes.js";
import { isSized, SIZE_MAX, SIZE_MIN } from "../types.js";

/** `string` and `bytes` have a size within bounds, and nothing else has one. */
export const typeSizes: Rule = (context) => {
  for (const { type, namespace } of writtenTypes(context)) {
    const named = innermost(type);
    if (named !== undefined) checkSize(context, named, namespace);
  }
};

function checkSize(context: CheckContext, named: NamedType, from: Namespace): void {
  const { reference, size, span } = named;
  const type = reference.name.text;
  if (reference.namespace !== undefined || !isSized(type)) {
    // Of a word such as `varchar` it is enough to hear that there is no such type.
    const isKnown = context.type(named, from).kind !== "unknown";
    if (size !== undefined && isKnown) context.report(sizeNotTaken, { type }, size.span);
    return;
  }
  if (size === undefined) {
    if (!context.broken.touchesSpan(span)) context.report(sizeMissing, { type }, span);
    return;
  }
  if (size.kind === "ErrorValue") return;
  const value = integerValue(size.raw);
  if (value !== undefined && value >= SIZE_MIN && value <= SIZE_MAX) return;
  context.report(sizeOutOfRange, { type, size: size.raw, min: SIZE_MIN, max: SIZE_MAX }, size.span);
}
