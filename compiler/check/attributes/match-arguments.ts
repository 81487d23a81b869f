import type { ArgumentValue, Attribute, AttributeArgument } from "../../syntax/tree.js";
import { integerValue } from "../numbers.js";
import type { ArgumentKind, AttributeSpec, ParameterSpec } from "./table.js";

/** Why the arguments of an attribute cannot be read. */
export type ArgumentProblem =
  | { readonly kind: "missing"; readonly parameters: readonly ParameterSpec[] }
  | { readonly kind: "extra"; readonly argument: AttributeArgument }
  | { readonly kind: "unknown name"; readonly argument: AttributeArgument }
  | { readonly kind: "repeated name"; readonly argument: AttributeArgument; readonly first: AttributeArgument }
  | { readonly kind: "wrong value"; readonly argument: AttributeArgument; readonly parameter: ParameterSpec };

export interface MatchedArguments {
  /** By parameter, in order; several for a variadic one. Only values that fit their parameter. */
  readonly values: ReadonlyMap<string, readonly ArgumentValue[]>;
  readonly problems: readonly ArgumentProblem[];
  /** Whether every parameter has a value that fits and nothing is left over. */
  readonly complete: boolean;
}

const matched = new WeakMap<Attribute, { readonly spec: AttributeSpec; readonly result: MatchedArguments }>();

/**
 * Matches what is written with what the attribute takes. An argument that the parser could not read is no problem.
 * Many rules ask for the same attribute, so the last answer is kept with it.
 */
export function matchArguments(attribute: Attribute, spec: AttributeSpec): MatchedArguments {
  const before = matched.get(attribute);
  if (before?.spec === spec) return before.result;
  const result = match(attribute, spec);
  matched.set(attribute, { spec, result });
  return result;
}

function match(attribute: Attribute, spec: AttributeSpec): MatchedArguments {
  const problems: ArgumentProblem[] = [];
  const given = new Map<string, AttributeArgument[]>();
  attribute.arguments.forEach((argument, index) => {
    const parameter = spec.named === true ? byName(spec, argument) : byPosition(spec, argument, index);
    if (parameter === undefined) {
      const isName = argument.name !== undefined || (spec.named === true && index < spec.parameters.length);
      // That names are missing is said once, however many arguments lack theirs.
      const repeats = isName && argument.name === undefined && problems.some(({ kind }) => kind === "unknown name");
      if (!repeats) problems.push({ kind: isName ? "unknown name" : "extra", argument });
      return;
    }
    const before = given.get(parameter.name);
    if (before?.[0] === undefined) given.set(parameter.name, [argument]);
    else if (spec.variadic === true) before.push(argument);
    else problems.push({ kind: "repeated name", argument, first: before[0] });
  });

  const values = new Map<string, readonly ArgumentValue[]>();
  let complete = problems.length === 0;
  const hasStrays = problems.some(({ kind }) => kind === "unknown name");
  const missing: ParameterSpec[] = [];
  for (const parameter of spec.parameters) {
    const args = given.get(parameter.name) ?? [];
    const fitting = args.filter(({ value }) => fits(value, parameter.kind)).map(({ value }) => value);
    if (fitting.length > 0) values.set(parameter.name, fitting);
    if (args.length === 0 || fitting.length < args.length) complete = false;
    if (args.length === 0 && !hasStrays) missing.push(parameter);
    for (const argument of args) {
      if (argument.value.kind !== "ErrorValue" && !fits(argument.value, parameter.kind)) {
        problems.push({ kind: "wrong value", argument, parameter });
      }
    }
  }
  if (missing.length > 0) problems.push({ kind: "missing", parameters: missing });
  return { values, problems, complete };
}

/**
 * The names that arguments written without them have, told by the kinds of their values.
 *
 * @returns one for each argument without a name, in order; `undefined` when some value fits no parameter that is left.
 */
export function impliedNames(
  attribute: Attribute,
  spec: AttributeSpec,
): ReadonlyMap<AttributeArgument, string> | undefined {
  const taken = new Set(attribute.arguments.map(({ name }) => name?.text));
  const names = new Map<AttributeArgument, string>();
  for (const argument of attribute.arguments.filter(({ name }) => name === undefined)) {
    const parameter = spec.parameters.find(({ name, kind }) => !taken.has(name) && fits(argument.value, kind));
    if (parameter === undefined) return undefined;
    taken.add(parameter.name);
    names.set(argument, parameter.name);
  }
  return names;
}

function byName(spec: AttributeSpec, argument: AttributeArgument): ParameterSpec | undefined {
  return spec.parameters.find(({ name }) => name === argument.name?.text);
}

function byPosition(spec: AttributeSpec, argument: AttributeArgument, index: number): ParameterSpec | undefined {
  if (argument.name !== undefined) return undefined;
  return spec.parameters[spec.variadic === true ? Math.min(index, spec.parameters.length - 1) : index];
}

function fits(value: ArgumentValue, kind: ArgumentKind): boolean {
  switch (kind.kind) {
    case "choice":
      return plainName(value) !== undefined && kind.values.includes(plainName(value) ?? "");
    case "name":
      return plainName(value) !== undefined;
    case "integer": {
      const integer = value.kind === "NumberLiteral" ? integerValue(value.raw) : undefined;
      return integer !== undefined && integer >= kind.min && integer <= kind.max;
    }
    case "number":
      return value.kind === "NumberLiteral";
    case "duration":
      return value.kind === "DurationLiteral" && value.milliseconds >= kind.min && value.milliseconds <= kind.max;
    case "string":
      return value.kind === "StringLiteral";
    case "rule":
      return value.kind === "RlsExpression";
  }
}

/** The text of a value that is a bare name. */
export function plainName(value: ArgumentValue): string | undefined {
  return value.kind === "NameReference" && value.namespace === undefined ? value.name.text : undefined;
}
