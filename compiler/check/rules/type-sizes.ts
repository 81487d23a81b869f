import { sizeMissing, sizeNotTaken, sizeOutOfRange } from "../../diagnostics/codes/types.js";
import { foreignTypes } from "../../syntax/foreign-words.js";
import type { NamedType } from "../../syntax/tree.js";
import type { CheckContext, Rule } from "../context.js";
import { integerValue } from "../numbers.js";
import { innermost } from "../innermost.js";
import { writtenTypes } from "../type-nodes.js";
import { isSized, SIZE_MAX, SIZE_MIN } from "../types.js";

/** `string` and `bytes` have a size within bounds, and nothing else has one. */
export const typeSizes: Rule = (context) => {
  for (const { type } of writtenTypes(context)) {
    const named = innermost(type);
    if (named !== undefined) checkSize(context, named);
  }
};

function checkSize(context: CheckContext, { reference, size, span }: NamedType): void {
  const type = reference.name.text;
  if (reference.namespace !== undefined || !isSized(type)) {
    // Of a word such as `varchar` it is enough to hear that there is no such type.
    if (size !== undefined && !isSized(foreignTypes.get(type.toLowerCase()) ?? "")) {
      context.report(sizeNotTaken, { type }, size.span);
    }
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
