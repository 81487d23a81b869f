import {
  defaultOutOfRange,
  defaultTooLong,
  defaultUnknownValue,
  defaultWrongKind,
  nowNotTimestamp,
} from "../../diagnostics/codes/types.js";
import { spanText } from "../../source/span.js";
import type { Value } from "../../syntax/tree.js";
import type { CheckContext, Rule } from "../context.js";
import { typeText, type ResolvedType } from "../types.js";
import { readLiteral } from "../values.js";
import { replacement } from "../replacement.js";

/** The default of a column is a value of its type. */
export const defaultsFit: Rule = (context) => {
  for (const { field, place, namespace } of context.fields()) {
    if (place !== "column" || field.default === undefined || context.broken.touchesSpan(field.span)) continue;
    checkDefault(context, field.name.text, field.default, context.type(field.type, namespace));
  }
};

function checkDefault(context: CheckContext, field: string, value: Value, resolved: ResolvedType): void {
  const result = readLiteral(value, resolved);
  if (result.kind === "literal" || result.kind === "unknown") return;
  const type = typeText(resolved);
  const written = cut(spanText(value.span));
  switch (result.kind) {
    case "wrong kind": {
      context.report(defaultWrongKind, { field, type, value: written, expected: expected(resolved) }, value.span);
      return;
    }
    case "out of range": {
      context.report(defaultOutOfRange, { field, type, value: written, min: result.min, max: result.max }, value.span);
      return;
    }
    case "too long": {
      context.report(defaultTooLong, { field, type, length: result.length, unit: result.unit }, value.span);
      return;
    }
    case "now": {
      context.report(nowNotTimestamp, { field, type }, value.span);
      return;
    }
    case "no such value": {
      if (context.broken.touchesMembers(result.declaration)) return;
      const candidates = result.declaration.values.map(({ name }) => name.text);
      const suggestion = candidates.includes(result.name)
        ? result.name
        : context.suggestions.nearest(result.name, candidates);
      context.report(
        defaultUnknownValue,
        { enumName: type, value: written, suggestion, known: shortened(candidates) },
        value.span,
        replacement(value.span, suggestion),
      );
      return;
    }
  }
}

function expected(type: ResolvedType): string {
  switch (type.kind) {
    case "string":
    case "bytes":
      return 'a string in double quotes, such as `""`';
    case "enum":
      return `the name of a value of \`${type.declaration.name.text}\``;
    case "scalar":
      if (type.name === "bool") return "`true` or `false`";
      if (type.name === "timestamp") return "`now`, or whole milliseconds since 1970";
      return type.name === "f32" || type.name === "f64" ? "a number, such as `0.5`" : "a whole number, such as `0`";
    default:
      return "another value";
  }
}

const MOST_VALUES_SHOWN = 8;

function shortened(names: readonly string[]): readonly string[] {
  return names.length <= MOST_VALUES_SHOWN ? names : [...names.slice(0, MOST_VALUES_SHOWN), "…"];
}

const LONGEST_SHOWN = 40;

function cut(text: string): string {
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}…`;
}
