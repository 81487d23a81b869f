import { hasAttribute } from "../../check/attributes/read.js";
import type { CheckContext } from "../../check/context.js";
import { fieldsOf } from "../../check/kinds.js";
import type { Namespace } from "../../check/project.js";
import { INTEGER_BOUNDS, isIntegerBase } from "../../check/types.js";
import type { Fix } from "../../diagnostics/diagnostic.js";
import { pascalCase } from "../../model/names/words.js";
import { integerValue } from "../../check/numbers.js";
import type { Field, SchemaFile } from "../../syntax/tree.js";
import type { Snapshot } from "../project/snapshot.js";
import { comparedFields } from "./compared-fields.js";
import { insertion, lineBreakOf, placeBefore, replacement } from "./edits.js";

/** An enum made of a range has no more values than this. */
const MOST_VALUES = 32;

/**
 * Makes an enum of a number or a string: the field at the cursor gets a new type of its own name, based on the number's
 * type. Of `@range(min, max)`, which an enum cannot have, come its values; without one it has the default or `none`.
 * What `@rls` compares with the field gets the same type; nothing is offered where it cannot have it.
 */
export function extractEnum(snapshot: Snapshot, file: SchemaFile, cursor: number): readonly Fix[] {
  const declaration = file.declarations.find(({ span }) => span.start <= cursor && cursor <= span.end);
  if (declaration === undefined || declaration.kind === "EnumDeclaration") return [];
  const field = fieldsOf(declaration).find(({ span }) => span.start <= cursor && cursor <= span.end);
  const namespace = [...snapshot.context.namespaces.values()].find(({ files }) => files.includes(file));
  if (field === undefined || namespace === undefined || field.type.kind !== "NamedType") return [];
  const type = snapshot.context.type(field.type, namespace);
  const base =
    type.kind === "string" ? "u8" : type.kind === "scalar" && isIntegerBase(type.name) ? type.name : undefined;
  const name = pascalCase(field.name.text);
  const values = base === undefined ? undefined : valuesOf(field, base);
  if (base === undefined || values === undefined || namespace.types.has(name) || snapshot.context.namespaces.has(name))
    return [];
  const others = comparedFields(snapshot.context, namespace, field);
  if (others?.every((other) => isAlike(snapshot.context, namespace, field, other)) !== true) return [];
  const lineBreak = lineBreakOf(file.file);
  const text = `enum ${name}: ${base} { ${values.declared.join(", ")} }${lineBreak}${lineBreak}`;
  const range = field.attributes.find((attribute) => attribute.name.text === "range");
  const before = range === undefined ? 0 : (/[ \t]*$/.exec(file.file.text.slice(0, range.span.start))?.[0].length ?? 0);
  return [
    {
      title: `Extract to enum ${name}${consequence(snapshot.context, [field, ...others])}`,
      edits: [
        insertion(file.file, placeBefore(file, declaration), text),
        ...[field, ...others].map(({ type: { span } }) => replacement(span, name)),
        ...(field.default === undefined ? [] : [replacement(field.default.span, values.byDefault)]),
        ...(range === undefined ? [] : [replacement({ ...range.span, start: range.span.start - before }, "")]),
      ],
    },
  ];
}

/** What has to follow: stored values above all; else what speaks with the server, which knows of every other field. */
function consequence(context: CheckContext, fields: readonly Field[]): string {
  const isStored = context
    .all("ComponentDeclaration")
    .some(
      ({ declaration }) =>
        !hasAttribute(declaration.attributes, "volatile") && declaration.fields.some((each) => fields.includes(each)),
    );
  return isStored ? " (stored data does not follow)" : " (changes the interface)";
}

/** Whether a field can take over the new type as it stands: nothing in it is of the old one. */
function isAlike(context: CheckContext, namespace: Namespace, field: Field, other: Field): boolean {
  const [wanted, type] = [field, other].map((each) => context.type(each.type, namespace));
  const isSame =
    wanted?.kind === type?.kind && (wanted?.kind !== "scalar" || type?.kind !== "scalar" || wanted.name === type.name);
  return isSame && other.default === undefined && other.attributes.every(({ name }) => name.text !== "range");
}

/** The values as they are declared, and the one that is the default; `undefined` when they would be too many, or lack it. */
function valuesOf(
  field: Field,
  base: string,
): { readonly declared: readonly string[]; readonly byDefault: string } | undefined {
  const chosen = field.default;
  if (chosen?.kind === "StringLiteral") {
    const name = /^[a-z][a-z0-9_]*$/.test(chosen.value) ? chosen.value : "none";
    return { declared: [name], byDefault: name };
  }
  const start = chosen?.kind === "NumberLiteral" ? integerValue(chosen.raw) : 0n;
  const range = field.attributes
    .find((attribute) => attribute.name.text === "range")
    ?.arguments.map(({ value }) => value);
  const [min, max] = (range ?? []).map((bound) =>
    bound.kind === "NumberLiteral" ? integerValue(bound.raw) : undefined,
  );
  if (start === undefined || !INTEGER_BOUNDS.has(base)) return undefined;
  if (min === undefined || max === undefined) {
    return {
      declared: [start === 0n ? "none" : `value_${nameOf(start)} = ${start}`],
      byDefault: start === 0n ? "none" : `value_${nameOf(start)}`,
    };
  }
  if (max < min || max - min >= BigInt(MOST_VALUES)) return undefined;
  if (chosen !== undefined && (start < min || max < start)) return undefined;
  const numbers = Array.from({ length: Number(max - min) + 1 }, (_, at) => min + BigInt(at));
  return {
    declared: numbers.map((number) => `value_${nameOf(number)} = ${number}`),
    byDefault: `value_${nameOf(start)}`,
  };
}

function nameOf(number: bigint): string {
  return number < 0n ? `minus_${-number}` : String(number);
}
