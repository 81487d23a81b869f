import { defaultOutsideRange, rangeBound, rangeEmpty, rangeNotNumeric } from "../../diagnostics/codes/components.js";
import { spanText } from "../../source/span.js";
import type { CheckContext, PlacedField, Rule } from "../context.js";
import { atMost, readRange, type RangeResult } from "../range.js";
import { typeText } from "../types.js";
import { readLiteral } from "../values.js";

/** `@range` stands on numbers, its bounds are values of the type, in order, and the default lies between them. */
export const rangesFit: Rule = (context) => {
  for (const placed of context.fields()) {
    if (placed.field.attributes.length === 0) continue;
    const type = context.type(placed.field.type, placed.namespace);
    const range = readRange(placed.field, placed.place, type);
    if (range === undefined) continue;
    const params = { field: placed.field.name.text, type: typeText(type) };
    if (range.kind === "range") checkRange(context, placed, range);
    else if (range.kind === "not numeric") context.report(rangeNotNumeric, params, range.attribute.span);
    else {
      const { literal, problem } = range;
      const bounds = problem.kind === "out of range" ? `${problem.min} to ${problem.max}` : undefined;
      context.report(rangeBound, { type: params.type, value: literal.raw, bounds }, literal.span);
    }
  }
};

function checkRange(
  context: CheckContext,
  { field, place, namespace }: PlacedField,
  { attribute, min, max }: Extract<RangeResult, { kind: "range" }>,
): void {
  const bounds = { min: String(min), max: String(max) };
  if (!atMost(min, max)) {
    context.report(rangeEmpty, bounds, attribute.span);
    return;
  }
  if (place !== "column" || field.default === undefined) return;
  const result = readLiteral(field.default, context.type(field.type, namespace));
  if (result.kind !== "literal" || (result.literal.kind !== "number" && result.literal.kind !== "bigint")) return;
  const { value } = result.literal;
  if (atMost(min, value) && atMost(value, max)) return;
  const params = { field: field.name.text, value: spanText(field.default.span), ...bounds };
  const related = [{ message: "the range", span: attribute.span }];
  context.report(defaultOutsideRange, params, field.default.span, { related });
}
