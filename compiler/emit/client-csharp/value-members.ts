import type { TypeModel } from "../../model/model.js";
import { sdk, type CsharpFile } from "./csharp-file.js";
import { fitOperands, indent, separated, WIDTH } from "./print.js";
import { FORMATTABLE_STRING, HASH_CODE } from "./symbols.js";

/** A property that takes part in equality and in the text of an object. */
export interface Property {
  readonly name: string;
  readonly type: TypeModel;
  readonly optional?: boolean;
}

/** `HashCode.Combine` takes no more. */
const MOST_HASHED = 8;

/** Lines in a class in a namespace are indented by so many steps. */
const MEMBER_DEPTH = 2;

/** `Equals`, `GetHashCode` and `ToString` of an object that is its values. */
export function valueMembers(
  file: CsharpFile,
  className: string,
  properties: readonly Property[],
  hash: string,
): string[] {
  const operands = ["other != null", ...properties.map((property) => sameCode(file, property, "other"))];
  return separated([
    [
      `/// <summary>Whether all values are the same; NaN is the same as NaN, negative zero is not zero.</summary>`,
      ...fitOperands(`public bool Equals(${className}? other) =>`, operands, "&&", ";", MEMBER_DEPTH),
    ],
    ["/// <inheritdoc/>", `public override bool Equals(object? obj) => Equals(obj as ${className});`],
    ["/// <inheritdoc/>", `public override int GetHashCode() => ${hash};`],
    textMember(file, className, properties),
  ]);
}

/** A hash over the first properties. */
export function hashOf(file: CsharpFile, properties: readonly Property[]): string {
  const hashed = properties.slice(0, MOST_HASHED).map(({ name, type, optional }) => {
    const dot = optional === true ? "?." : ".";
    if (type.kind === "bytes") return `${name}${dot}Length`;
    return type.kind === "array" ? `${name}${dot}Count` : name;
  });
  return hashed.length === 0 ? "0" : `${file.value(HASH_CODE)}.Combine(${hashed.join(", ")})`;
}

/** An expression that is true when a property of this object and of another have the same value. */
export function sameCode(file: CsharpFile, { name, type }: Property, other: string): string {
  const theirs = `${other}.${name}`;
  if (type.kind === "bytes" || type.kind === "array") {
    return `${file.value(sdk("ValueEquality"))}.Same(${name}, ${theirs}${elementComparison(file, type)})`;
  }
  if (type.kind === "struct") return `Equals(${name}, ${theirs})`;
  const isFloat = type.kind === "scalar" && (type.name === "f32" || type.name === "f64");
  // Neither == nor Equals will do: NaN is to be the same as NaN, and negative zero another value than zero.
  return isFloat ? `${file.value(sdk("ValueEquality"))}.Same(${name}, ${theirs})` : `${name} == ${theirs}`;
}

/** Elements whose own `Equals` does not look inside need a comparison. */
function elementComparison(file: CsharpFile, type: TypeModel): string {
  if (type.kind !== "array" || (type.of.kind !== "bytes" && type.of.kind !== "array")) return "";
  const inner = elementComparison(file, type.of);
  return `, (x, y) => ${file.value(sdk("ValueEquality"))}.Same(x, y${inner})`;
}

function textMember(file: CsharpFile, className: string, properties: readonly Property[]): string[] {
  const head = ["/// <inheritdoc/>"];
  if (properties.length === 0) return [...head, `public override string ToString() => "${className}";`];
  const invariant = `${file.value(FORMATTABLE_STRING)}.Invariant`;
  const room = WIDTH - (MEMBER_DEPTH + 1) * 4 - invariant.length - '+ ($"");'.length;
  const last = properties.length - 1;
  const parts = [`${className} {{ `];
  properties.forEach((property, at) => {
    const piece = `${property.name} = {${shown(property)}}${at === last ? " }}" : ", "}`;
    const joined = (parts[parts.length - 1] ?? "") + piece;
    if (joined.length <= room) parts[parts.length - 1] = joined;
    else parts.push(piece);
  });
  const calls = parts.map((part) => `${invariant}($"${part}")`);
  const [only = ""] = calls;
  const line = `public override string ToString() => ${only};`;
  if (calls.length === 1 && MEMBER_DEPTH * 4 + line.length <= WIDTH) return [...head, line];
  const lines = calls.map((call, at) => `${at === 0 ? "" : "+ "}${call}${at === calls.length - 1 ? ";" : ""}`);
  return [...head, "public override string ToString() =>", ...indent(lines)];
}

function shown({ name, type, optional }: Property): string {
  const dot = optional === true ? "?." : ".";
  if (type.kind === "bytes") return `${name}${dot}Length`;
  return type.kind === "array" ? `${name}${dot}Count` : name;
}
