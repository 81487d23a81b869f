import { sizeMissing, sizeNotTaken, sizeOutOfRange } from "../../diagnostics/codes/types.js";
import type { NamedType } from "../../syntax/tree.js";
import type { CheckContext, Rule } from "../context.js";
import { integerValue } from "../numbers.js";
import { innermost, writtenTypes } from "../type-nodes.js";
import { SIZE_MAX, SIZE_MIN } from "../types.js";

/** `string` and `bytes` have a size within bounds, and nothing else has one. */
export const typeSizes: Rule = (context) => {
  for (const { type } of writtenTypes(context)) {
    const named = innermost(type);
    if (named !== undefined) checkSize(context, named);
  }
};

function checkSize(context: CheckContext, { reference, size, span }: NamedType): void {
  const type = reference.name.text;
  const isSized = reference.namespace === undefined && (type === "string" || type === "bytes");
  if (!isSized) {
    if (size !== undefined) context.report(sizeNotTaken, { type }, size.span);
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
