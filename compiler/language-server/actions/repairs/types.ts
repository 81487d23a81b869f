import type { FieldPlace } from "../../../check/kinds.js";
import { placeOf } from "../../../check/kinds.js";
import { integerValue } from "../../../check/numbers.js";
import { INTEGER_BOUNDS, type ResolvedType, SIZE_MAX, SIZE_MIN } from "../../../check/types.js";
import { uniqueDefault } from "../../../diagnostics/codes/style.js";
import * as codes from "../../../diagnostics/codes/types.js";
import type { Edit } from "../../../diagnostics/diagnostic.js";
import { span, spanText } from "../../../source/span.js";
import type { EnumValue, Field } from "../../../syntax/tree.js";
import { insertion, replacement } from "../edits.js";
import { fix, namespaceOf, type Repair, type Repairs, type Trouble } from "../repair.js";

const DEFAULT_SIZE = 32;

const addSize: Repair = ({ span: { file, end }, text }) => [
  fix(`Write \`${text}(${DEFAULT_SIZE})\``, insertion(file, end, `(${DEFAULT_SIZE})`)),
];

const removeSize: Repair = ({ span: { file, start, end } }) => {
  const open = file.text.lastIndexOf("(", start);
  const close = file.text.indexOf(")", end);
  return open < 0 || close < 0 ? [] : [fix("Remove the size", replacement(span(file, open, close + 1), ""))];
};

const clampSize: Repair = ({ span: at, text }) => {
  const size = Number(text);
  const near = Number.isFinite(size) ? Math.min(SIZE_MAX, Math.max(SIZE_MIN, Math.round(size))) : DEFAULT_SIZE;
  return [fix(`Write ${near}`, replacement(at, String(near)))];
};

const nearestBase: Repair = ({ span: at, text }) => {
  const base = text.startsWith("u") ? "u32" : "i32";
  return [fix(`Write \`${base}\``, replacement(at, base))];
};

const firstValue: Repair = ({ declaration }) => {
  if (declaration?.kind !== "EnumDeclaration") return [];
  return [fix("Add a value", replacement(declaration.body, "{ none }"))];
};

/** The narrowest base that holds all values. */
const widenBase: Repair = ({ declaration }) => {
  if (declaration?.kind !== "EnumDeclaration") return [];
  const numbers = numbersOf(declaration.values);
  const isUnsigned = numbers.every((number) => number >= 0n) && declaration.base?.name.text.startsWith("u") === true;
  const bases = isUnsigned ? ["u8", "u16", "u32"] : ["i8", "i16", "i32"];
  const base = bases.find((name) => {
    const bounds = INTEGER_BOUNDS.get(name);
    return bounds !== undefined && numbers.every((number) => bounds.min <= number && number <= bounds.max);
  });
  if (base === undefined || declaration.base === undefined) return [];
  return [fix(`Make the base \`${base}\``, replacement(declaration.base.span, base))];
};

const freeNumber: Repair = ({ declaration, value }) => {
  if (declaration?.kind !== "EnumDeclaration" || value === undefined) return [];
  const numbers = numbersOf(declaration.values);
  const free = numbers.reduce((most, number) => (number > most ? number : most), 0n) + 1n;
  const edit =
    value.value === undefined
      ? insertion(value.span.file, value.name.span.end, ` = ${free}`)
      : replacement(value.value.span, String(free));
  return [fix(`Give it the number ${free}`, edit)];
};

const wholeNumber: Repair = ({ span: at, text }) => {
  const whole = Math.trunc(Number(text));
  return Number.isSafeInteger(whole) ? [fix(`Write ${whole}`, replacement(at, String(whole)))] : [];
};

/** A column that may be unset becomes one with a default; the session's fields are unset anyway. */
const withoutQuestion: Repair = (trouble) => {
  const { field, span: at } = trouble;
  const type = typeOf(trouble);
  if (field === undefined || type === undefined) return [];
  const remove = replacement(at, "");
  if (placeAt(trouble) !== "column") return [fix("Remove the `?`", remove)];
  const value = defaultOf(type);
  if (field.default !== undefined || value === undefined) return [fix("Remove the `?`", remove)];
  const add = insertion(at.file, field.type.span.end, ` = ${value}`);
  return [fix(`Give it the default \`${value}\` instead`, remove, add), fix("Remove the `?`", remove)];
};

/** Optional parameters go behind the others; each keeps its place among its like. */
const optionalLast: Repair = ({ declaration }) => {
  if (declaration?.kind !== "SystemDeclaration" && declaration?.kind !== "EndpointDeclaration") return [];
  const { params } = declaration;
  const sorted = [
    ...params.filter((each) => each.optional === undefined),
    ...params.filter((each) => each.optional !== undefined),
  ];
  const edits = params.flatMap((param, at): readonly Edit[] => {
    const now = sorted[at];
    return now === undefined || now === param ? [] : [replacement(withDoc(param), spanText(withDoc(now)))];
  });
  return edits.length === 0 ? [] : [fix("Move the optional parameters to the end", ...edits)];
};

const withoutDefault: Repair = (trouble) => {
  const { field } = trouble;
  if (field?.default === undefined) return [];
  const remove = replacement(span(field.span.file, field.type.span.end, field.default.span.end), "");
  const plain = fix("Remove the default", remove);
  if (field.optional !== undefined || placeAt(trouble) === "session field" || placeAt(trouble) === "column")
    return [plain];
  return [fix("Make it optional instead", remove, insertion(field.span.file, field.name.span.end, "?")), plain];
};

/** The value of the right kind that is nearest to what is written; else the type's own. */
const defaultOfType: Repair = (trouble) => {
  const { span: at, text } = trouble;
  const type = typeOf(trouble);
  if (type === undefined) return [];
  const unquoted = text.replace(/^"|"$/g, "");
  const isNumber = type.kind === "scalar" && type.name !== "bool" && integerValue(unquoted) !== undefined;
  const isText = type.kind === "string" && /^[\w.-]+$/.test(text);
  const value = isNumber ? unquoted : isText ? `"${text}"` : defaultOf(type);
  const others = value === undefined ? [] : [fix(`Write \`${value}\``, replacement(at, value))];
  return [...others, ...withoutDefault(trouble).slice(-1)];
};

/** The nearest value that the type holds, or the narrowest type that holds the value. */
const fitDefault: Repair = (trouble) => {
  const { span: at, text, field } = trouble;
  const type = typeOf(trouble);
  const value = integerValue(text);
  if (type?.kind !== "scalar" || value === undefined || field === undefined) return [];
  const bounds = INTEGER_BOUNDS.get(type.name);
  if (bounds === undefined) return [];
  const near = value < bounds.min ? bounds.min : bounds.max;
  const wider = [...INTEGER_BOUNDS].find(
    ([name, other]) =>
      name.startsWith(type.name.slice(0, 1)) && other.bytes > bounds.bytes && other.min <= value && value <= other.max,
  );
  const widen = wider === undefined ? [] : [fix(`Make it \`${wider[0]}\``, replacement(field.type.span, wider[0]))];
  return [fix(`Write ${near}`, replacement(at, String(near))), ...widen];
};

/** Gives the type the size of its default. */
const sizeOfDefault: Repair = ({ field }) => {
  const [type, value] = [field?.type, field?.default];
  if (type?.kind !== "NamedType" || type.size === undefined || value?.kind !== "StringLiteral") return [];
  const isBytes = type.reference.name.text === "bytes";
  const size = isBytes ? new TextEncoder().encode(value.value).length : [...value.value].length;
  return [fix(`Make the size ${size}`, replacement(type.size.span, String(size)))];
};

const toTimestamp: Repair = ({ field }) =>
  field === undefined ? [] : [fix("Make it a `timestamp`", replacement(field.type.span, "timestamp"))];

const removeUniqueDefault: Repair = (trouble) => withoutDefault(trouble).slice(-1);

/** What an empty row holds of a type, as it is written. */
export function defaultOf(type: ResolvedType): string | undefined {
  if (type.kind === "string" || type.kind === "bytes") return '""';
  if (type.kind === "enum") return type.declaration.values[0]?.name.text;
  if (type.kind !== "scalar") return undefined;
  return type.name === "bool" ? "false" : "0";
}

function typeOf(trouble: Trouble): ResolvedType | undefined {
  const namespace = namespaceOf(trouble);
  return trouble.field === undefined || namespace === undefined
    ? undefined
    : trouble.snapshot.context.type(trouble.field.type, namespace);
}

function placeAt({ declaration }: Trouble): FieldPlace | undefined {
  return declaration === undefined || declaration.kind === "EnumDeclaration" ? undefined : placeOf(declaration);
}

function withDoc(field: Field): Field["span"] {
  return field.doc === undefined ? field.span : span(field.span.file, field.doc.span.start, field.span.end);
}

function numbersOf(values: readonly EnumValue[]): readonly bigint[] {
  let next = 0n;
  return values.map(({ value }) => {
    const number = (value?.kind === "NumberLiteral" ? integerValue(value.raw) : undefined) ?? next;
    next = number + 1n;
    return number;
  });
}

export const typeRepairs: Repairs = [
  [codes.sizeMissing, addSize],
  [codes.sizeNotTaken, removeSize],
  [codes.sizeOutOfRange, clampSize],
  [codes.enumBaseInvalid, nearestBase],
  [codes.enumEmpty, firstValue],
  [codes.enumValueOutOfRange, widenBase],
  [codes.enumValueRepeated, freeNumber],
  [codes.enumValueNotInteger, wholeNumber],
  [codes.columnOptional, withoutQuestion],
  [codes.optionalNotLast, optionalLast],
  [codes.defaultNotAllowed, withoutDefault],
  [codes.defaultWrongKind, defaultOfType],
  [codes.defaultOutOfRange, fitDefault],
  [codes.defaultTooLong, sizeOfDefault],
  [codes.nowNotTimestamp, toTimestamp],
  [uniqueDefault, removeUniqueDefault],
];
