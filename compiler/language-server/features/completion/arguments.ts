import { CompletionItemKind, type TextEdit } from "vscode-languageserver-types";
import { durationText } from "../../../syntax/duration-text.js";
import { attributeSpec, type AttributeSpec, type ParameterSpec } from "../../../check/attributes/table.js";
import { CALLER, RLS_ROOT } from "../../../check/rls.js";
import { typeText, type ResolvedType } from "../../../check/types.js";
import { positionOf } from "../places.js";
import { areComparable, backends, canBeOwned, contextMembers, indexable, resolved } from "./attribute-facts.js";
import type { ExpectedArgument, Target } from "./expected.js";
import type { Proposal } from "./proposal.js";
import { choiceText } from "../hover/attribute-texts.js";
import { keywordText } from "../hover/keyword-texts.js";
import type { Scope } from "./scope.js";

/** The detail of durations: which ones are offered depends on what has been typed. */
export const DURATION = "duration";

/** Lengths of time that people write. */
const DURATIONS = [100, 500, 1_000, 5_000, 10_000, 60_000, 300_000, 3_600_000, 86_400_000, 604_800_000];

const UNITS: readonly (readonly [string, number])[] = [
  ["ms", 1],
  ["s", 1_000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
];

/**
 * What may be the argument of an attribute at the cursor.
 *
 * @param typed what of it has been written.
 * @param next the sign behind it.
 */
export function attributeArguments(scope: Scope, expected: ExpectedArgument, typed: string, next: string): Proposal[] {
  const specs = expected.target.places.flatMap((place) => attributeSpec(expected.attribute, place) ?? []);
  const proposals = [...new Set(specs)].flatMap((spec) => ofSpec(scope, spec, expected, typed, next));
  return [...new Map(proposals.map((proposal) => [proposal.label, proposal])).values()];
}

function ofSpec(
  scope: Scope,
  spec: AttributeSpec,
  expected: ExpectedArgument,
  typed: string,
  next: string,
): Proposal[] {
  const { index, name, given, parts, target } = expected;
  if (spec.named === true && name === undefined) {
    return parts.length > 0 ? [] : parameterNames(spec, given, next === ":" ? "" : ": ");
  }
  const last = spec.parameters.length - 1;
  const parameter =
    name === undefined
      ? spec.parameters[spec.variadic === true ? Math.min(index, last) : index]
      : spec.parameters.find((each) => each.name === name);
  if (parameter === undefined) return [];
  if (parameter.kind.kind === "rule") return rule(scope, expected, next);
  if (parts.length > 0) return [];
  switch (parameter.kind.kind) {
    case "choice":
      return parameter.kind.values.flatMap((value, order) => choice(scope, value, spec, target, order));
    case "duration":
      return durations(parameter.kind, typed);
    case "name":
      if (spec.name === "backend") return backends(scope).map((label) => ({ label, kind: CompletionItemKind.Value }));
      // What `@was` names is gone.
      return spec.variadic === true && spec.name !== "was" ? columns(scope, target, given) : [];
    default:
      return [];
  }
}

function parameterNames(spec: AttributeSpec, given: readonly string[], end: string): Proposal[] {
  return spec.parameters
    .filter(({ name }: ParameterSpec) => !given.includes(name))
    .map(({ name }) => ({
      label: `${name}:`,
      filter: name,
      snippet: `${name}${end}`,
      kind: CompletionItemKind.Property,
    }));
}

function columns(scope: Scope, { declaration }: Target, given: readonly string[]): Proposal[] {
  return indexable(scope, declaration)
    .filter(({ name }) => !given.includes(name.text))
    .map((field, order) => ({
      label: field.name.text,
      order,
      kind: CompletionItemKind.Field,
      detail: typeText(resolved(scope, field) ?? { kind: "unknown" }),
      ...(field.doc === undefined ? {} : { documentation: field.doc.lines.join("\n") }),
    }));
}

function choice(scope: Scope, value: string, spec: AttributeSpec, { declaration }: Target, order: number): Proposal[] {
  const proposal = { label: value, order, kind: CompletionItemKind.EnumMember, detail: `@${spec.name}` };
  if (value !== "owner") return [{ ...proposal, documentation: choiceText(value) }];
  const whose = choiceText(value);
  switch (canBeOwned(scope, declaration)) {
    case "type":
      return [{ ...proposal, documentation: `${whose} Here \`owner\` has another type: it must become \`i64\`.` }];
    case "no":
      return [{ ...proposal, documentation: `${whose} Adds that column.`, edits: ownerEdit(scope, declaration) }];
    default:
      return [{ ...proposal, documentation: whose }];
  }
}

/** Adds `owner: i64` as the first column. */
function ownerEdit(scope: Scope, declaration: number | undefined): TextEdit[] {
  const component = scope.component(declaration);
  const { file } = scope.file;
  if (component === undefined || file.text.charAt(component.body.start) !== "{") return [];
  const inside = component.body.start + 1;
  const isOneLine = file.lineOf(component.body.start) === file.lineOf(component.body.end);
  const newText = isOneLine
    ? ` owner: i64 @index${component.fields.length > 0 ? "," : " "}`
    : `${file.text.includes("\r\n") ? "\r\n" : "\n"}  owner: i64 @index`;
  const position = positionOf(file, inside);
  return [{ range: { start: position, end: position }, newText }];
}

/** Durations within the bounds: with the number that has been typed, or usual ones. */
function durations({ min, max }: { readonly min: number; readonly max: number }, typed: string): Proposal[] {
  const number = /^[1-9]\d{0,8}/.exec(typed)?.[0];
  const all =
    number === undefined
      ? DURATIONS.map((length) => [durationText(length), length] as const)
      : UNITS.map(([unit, length]) => [`${number}${unit}`, Number(number) * length] as const);
  return all
    .filter(([, length]) => length >= min && length <= max)
    .map(([label], index) => ({ label, kind: CompletionItemKind.Value, order: index, detail: DURATION }));
}

const OPERATORS = ["==", "!=", "<", "<=", ">", ">="];

/** One part of `column == ctx.name` after the other. */
function rule(scope: Scope, { target: { declaration }, parts }: ExpectedArgument, next: string): Proposal[] {
  const [column, operator, root, dot] = parts;
  if (column === undefined) return columns(scope, { places: [], declaration, member: undefined }, []);
  const field = indexable(scope, declaration).find(({ name }) => name.text === column.image);
  const type = field === undefined ? undefined : resolved(scope, field);
  if (operator === undefined) {
    return operatorsOf(type).map((label, order) => ({ label, order, kind: CompletionItemKind.Operator }));
  }
  if (root !== undefined && (root.image !== RLS_ROOT || dot?.image !== "." || parts.length > 4)) return [];
  // The name that is replaced is not yet the whole of what stands there.
  if (root === undefined && next === ".") return [{ label: RLS_ROOT, kind: CompletionItemKind.Keyword }];
  const prefix = root === undefined ? `${RLS_ROOT}.` : "";
  return contextMembers(scope)
    .filter((member) => areComparable(type, member.type))
    .map(({ name, type: memberType, field: from }) => ({
      label: `${prefix}${name}`,
      kind: name === CALLER ? CompletionItemKind.Variable : CompletionItemKind.Field,
      rank: name === column.image || (name === CALLER && column.image === "owner") ? 1 : 2,
      detail: memberType === undefined ? "session" : typeText(memberType),
      documentation: name === CALLER ? keywordText("caller") : (from?.doc?.lines.join("\n") ?? ""),
    }));
}

function operatorsOf(type: ResolvedType | undefined): readonly string[] {
  const isPlain = type?.kind === "enum" || (type?.kind === "scalar" && type.name === "bool");
  return isPlain ? OPERATORS.slice(0, 2) : OPERATORS;
}
