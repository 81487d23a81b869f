import {
  extraArgument,
  missingArgument,
  repeatedArgument,
  unknownArgument,
  wrongArgument,
} from "../../diagnostics/codes/attributes.js";
import type { Extras } from "../../diagnostics/diagnostic.js";
import { spanText } from "../../source/span.js";
import type { ArgumentValue, Attribute } from "../../syntax/tree.js";
import { allAttributes } from "../attributes/all-attributes.js";
import { durationOf, durationText } from "../../syntax/duration-text.js";
import { impliedNames, matchArguments, plainName, type ArgumentProblem } from "../attributes/match-arguments.js";
import { attributeSpec, type ArgumentKind, type AttributeSpec } from "../attributes/table.js";
import type { CheckContext, Rule } from "../context.js";
import { firstHere } from "../repeats.js";
import { replacement } from "../replacement.js";

/** Every attribute has the arguments that it takes, each of the right kind and within its bounds. */
export const attributeArguments: Rule = (context) => {
  for (const { attributes, place, declaration } of allAttributes(context)) {
    for (const attribute of attributes) {
      const spec = attributeSpec(attribute.name.text, place);
      if (spec === undefined || context.broken.touchesSpan(attribute.span)) continue;
      for (const problem of matchArguments(attribute, spec).problems) {
        if (problem.kind === "missing" && context.broken.touches(declaration)) continue;
        report(context, attribute, spec, problem);
      }
    }
  }
};

function report(context: CheckContext, attribute: Attribute, spec: AttributeSpec, problem: ArgumentProblem): void {
  const { form } = spec;
  const name = attribute.name.text;
  switch (problem.kind) {
    case "missing": {
      context.report(
        missingArgument,
        { attribute: name, lacking: problem.parameters.map((parameter) => parameter.name), form },
        attribute.span,
      );
      return;
    }
    case "extra": {
      context.report(extraArgument, { attribute: name, form }, problem.argument.span);
      return;
    }
    case "unknown name": {
      const { argument } = problem;
      const named = argument.name === undefined ? withNames(attribute, spec) : undefined;
      const params = { attribute: name, name: argument.name?.text, form: named?.form ?? form };
      context.report(unknownArgument, params, argument.name?.span ?? argument.span, named?.extras);
      return;
    }
    case "repeated name": {
      const { argument, first } = problem;
      const params = { attribute: name, name: argument.name?.text ?? "" };
      context.report(repeatedArgument, params, argument.span, firstHere(first, "first here"));
      return;
    }
    case "wrong value": {
      const { argument, parameter } = problem;
      const { value } = argument;
      const written = plainName(value);
      const choices = parameter.kind.kind === "choice" ? parameter.kind.values : [];
      const near = written === undefined ? undefined : context.suggestions.nearest(written, choices);
      const meant = parameter.kind.kind === "duration" ? meantDuration(value, parameter.kind) : undefined;
      const suggestion = near ?? meant?.duration;
      const params = {
        attribute: name,
        value: spanText(value.span),
        expected: expected(parameter.kind),
        suggestion,
        hint: meant?.hint,
      };
      context.report(wrongArgument, params, value.span, replacement(value.span, suggestion));
      return;
    }
  }
}

/** Of a number without a unit, or of a duration in quotes; a large number may be of milliseconds, too. */
function meantDuration(
  value: ArgumentValue,
  { min, max }: Extract<ArgumentKind, { kind: "duration" }>,
): { readonly duration: string | undefined; readonly hint: string } | undefined {
  if (value.kind !== "NumberLiteral" && value.kind !== "StringLiteral") return undefined;
  const text = value.kind === "NumberLiteral" ? value.raw : value.value.trim();
  const isNumber = /^[1-9]\d*$/.test(text);
  const isPlain = isNumber && (Number(text) < 1000 || Number(text) % 60 === 0);
  const milliseconds = isNumber ? Number(text) * 1000 : durationOf(text);
  const rule = [isNumber ? "a unit" : "", value.kind === "StringLiteral" ? "no quotes" : ""]
    .filter(Boolean)
    .join(" and ");
  const isMeant = isPlain || !isNumber;
  if (isMeant && milliseconds !== undefined && milliseconds >= min && milliseconds <= max) {
    const duration = isNumber ? `${text}s` : /^\d+[a-z]+$/.test(text) ? text : durationText(milliseconds);
    return { duration, hint: `a duration has ${rule}: did you mean \`${duration}\`?` };
  }
  return isNumber ? { duration: undefined, hint: `a duration has ${rule}: \`${text}ms\` or \`${text}s\`` } : undefined;
}

/** The attribute with the names that its arguments lack, where their values tell which. */
function withNames(
  attribute: Attribute,
  spec: AttributeSpec,
): { readonly form: string; readonly extras: Extras } | undefined {
  const names = impliedNames(attribute, spec);
  if (names === undefined) return undefined;
  const texts = attribute.arguments.map((argument) => {
    const name = names.get(argument);
    return (name === undefined ? "" : `${name}: `) + spanText(argument.span);
  });
  const form = `@${spec.name}(${texts.join(", ")})`;
  const edits = [...names].map(([argument, name]) => ({
    span: { ...argument.span, end: argument.span.start },
    text: `${name}: `,
  }));
  return { form, extras: { fix: { title: `Write \`${form}\``, edits } } };
}

function expected(kind: ArgumentKind): string {
  switch (kind.kind) {
    case "choice":
      return `one of ${kind.values.map((value) => `\`${value}\``).join(", ")}`;
    case "integer":
      return `a whole number from ${kind.min} to ${kind.max}`;
    case "number":
      return "a number";
    case "duration":
      return `a duration from \`${durationText(kind.min)}\` to \`${durationText(kind.max)}\``;
    case "string":
      return "a string in double quotes";
    case "name":
      return "a name";
    case "rule":
      return "a comparison such as `owner == ctx.caller`";
  }
}
