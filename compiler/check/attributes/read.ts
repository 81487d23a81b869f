import type { ArgumentValue, Attribute, Declaration, Field, Name, RlsExpression } from "../../syntax/tree.js";
import type { Span } from "../../source/span.js";
import type { FieldPlace } from "../kinds.js";
import { integerValue } from "../numbers.js";
import { onceEach } from "../once-each.js";
import { matchArguments, plainName } from "./match-arguments.js";
import { placeOfDeclaration, type Place } from "./places.js";
import { attributeSpec } from "./table.js";

/** An attribute whose arguments are as they must be. */
export interface ReadAttribute {
  readonly attribute: Attribute;
  readonly values: ReadonlyMap<string, readonly ArgumentValue[]>;
}

/** A value with the attribute that gives it. */
export interface Given<T> {
  readonly attribute: Attribute;
  readonly value: T;
}

/**
 * Every well-formed attribute of that name on a thing. Malformed, misplaced and repeated ones, which rules of their own
 * report, are left out.
 */
function readAttributes(attributes: readonly Attribute[], place: Place, name: string): readonly ReadAttribute[] {
  if (attributes.length === 0) return [];
  const spec = attributeSpec(name, place);
  if (spec === undefined) return [];
  const all: ReadAttribute[] = [];
  for (const attribute of attributes) {
    if (attribute.name.text !== name) continue;
    const { values, complete } = matchArguments(attribute, spec);
    if (complete) all.push({ attribute, values });
  }
  return spec.repeatable === true ? all : all.slice(0, 1);
}

/** The only attribute of that name, as {@link readAttributes}. */
export function readAttribute(attributes: readonly Attribute[], place: Place, name: string): ReadAttribute | undefined {
  return readAttributes(attributes, place, name)[0];
}

/** Whether an attribute is written at all, well-formed or not. */
export function hasAttribute(attributes: readonly Attribute[], name: string): boolean {
  return attributes.some((attribute) => attribute.name.text === name);
}

/** The one choice of `@permission(…)` and `@on(…)`, or the name of `@backend(…)`. */
export function readName(declaration: Declaration, name: string): Given<string> | undefined {
  return firstName(readAttribute(declaration.attributes, placeOfDeclaration(declaration), name));
}

/** As {@link readName}, of a field. */
export function readFieldName(field: Field, place: FieldPlace, name: string): Given<string> | undefined {
  return firstName(readAttribute(field.attributes, place, name));
}

/** The names of `@was(…)`, the newest one first; none where there is no such attribute. */
export function formerNames(attributes: readonly Attribute[], place: "component" | "column"): readonly FormerName[] {
  const read = readAttribute(attributes, place, "was");
  if (read === undefined) return [];
  const { attribute } = read;
  return (read.values.get("name") ?? []).flatMap((value) => {
    const name = plainName(value);
    return name === undefined ? [] : [{ attribute, value: name, span: value.span }];
  });
}

export interface FormerName extends Given<string> {
  /** Of the one name. */
  readonly span: Span;
}

/** The integer of `@retry(…)`. */
export function readInteger(declaration: Declaration, name: string): Given<number> | undefined {
  const read = readAttribute(declaration.attributes, placeOfDeclaration(declaration), name);
  const value = first(read);
  const integer = value?.kind === "NumberLiteral" ? integerValue(value.raw) : undefined;
  return read === undefined || integer === undefined
    ? undefined
    : { attribute: read.attribute, value: Number(integer) };
}

/** The milliseconds of `@every(…)`, `@timeout(…)` and `@stale(…)`. */
export function readDuration(declaration: Declaration, name: string): Given<number> | undefined {
  const read = readAttribute(declaration.attributes, placeOfDeclaration(declaration), name);
  const value = first(read);
  return read === undefined || value?.kind !== "DurationLiteral"
    ? undefined
    : { attribute: read.attribute, value: value.milliseconds };
}

/** The text of `@cron("…")` and `@deprecated("…")`. */
export function readText(attributes: readonly Attribute[], place: Place, name: string): Given<string> | undefined {
  const read = readAttribute(attributes, place, name);
  const value = first(read);
  return read === undefined || value?.kind !== "StringLiteral"
    ? undefined
    : { attribute: read.attribute, value: value.value };
}

export function readLimit(declaration: Declaration): Given<{ times: number; perMs: number }> | undefined {
  const read = readAttribute(declaration.attributes, placeOfDeclaration(declaration), "limit");
  const times = read?.values.get("times")?.[0];
  const per = read?.values.get("per")?.[0];
  if (read === undefined || times?.kind !== "NumberLiteral" || per?.kind !== "DurationLiteral") return undefined;
  return { attribute: read.attribute, value: { times: Number(integerValue(times.raw)), perMs: per.milliseconds } };
}

/** Each `@rls(…)` of a component. */
export function readRules(component: Declaration): readonly Given<RlsExpression>[] {
  return readAttributes(component.attributes, "component", "rls").flatMap((read) => {
    const value = first(read);
    return value?.kind === "RlsExpression" ? [{ attribute: read.attribute, value }] : [];
  });
}

export interface CompositeIndex extends Given<readonly Name[]> {
  readonly unique: boolean;
}

/** Each `@index(a, b)` and `@unique(a, b)` of a component, in the order written. */
export const readCompositeIndexes = onceEach((component: Declaration): readonly CompositeIndex[] =>
  ["index", "unique"]
    .flatMap((name) =>
      readAttributes(component.attributes, "component", name).map(({ attribute, values }) => ({
        attribute,
        unique: name === "unique",
        value: (values.get("column") ?? []).flatMap((value) => (value.kind === "NameReference" ? [value.name] : [])),
      })),
    )
    .sort((a, b) => a.attribute.span.start - b.attribute.span.start),
);

function first(read: ReadAttribute | undefined): ArgumentValue | undefined {
  return read?.values.values().next().value?.[0];
}

function firstName(read: ReadAttribute | undefined): Given<string> | undefined {
  const value = first(read);
  const text = value === undefined ? undefined : plainName(value);
  return read === undefined || text === undefined ? undefined : { attribute: read.attribute, value: text };
}
