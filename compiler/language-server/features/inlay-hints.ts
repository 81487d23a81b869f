import { type InlayHint, InlayHintKind, type TextEdit } from "vscode-languageserver-types";
import { hasAttribute } from "../../check/attributes/read.js";
import { DEFAULT_ENUM_BASE, type ResolvedType } from "../../check/types.js";
import { enumNumbers } from "../../check/values.js";
import type { SourceFile } from "../../source/source-file.js";
import type { ComponentDeclaration, Declaration, EnumDeclaration, Field } from "../../syntax/tree.js";
import type { Snapshot } from "../project/snapshot.js";
import { namespaceOf } from "./namespace-of.js";
import { positionOf } from "./places.js";

/** Settings know hints by these. */
export const INLAY_HINT_KINDS = ["migrationValue", "enumNumber", "enumBase", "permission"] as const;

export type InlayHintKindName = (typeof INLAY_HINT_KINDS)[number];

/** A hint as it stands in a text; what it is for goes by its kind. */
interface Hint {
  readonly offset: number;
  readonly label: string;
  readonly tooltip: string;
  /** What the hint says, as it may be written there; left out where the language has no words for it. */
  readonly insert?: string;
  readonly after?: true;
}

/**
 * What holds though nobody wrote it: the numbers of enum values and the base of an enum, that only admins read a
 * component, and what rows that exist get in a column that has no default.
 *
 * @param range of offsets: only declarations that touch it.
 * @param isShown whether hints of a kind are wanted.
 */
export function inlayHints(
  snapshot: Snapshot,
  path: string,
  range: { readonly start: number; readonly end: number },
  isShown: (kind: InlayHintKindName) => boolean,
): InlayHint[] {
  const tree = snapshot.file(path);
  if (tree === undefined) return [];
  const { context } = snapshot;
  const namespace = namespaceOf(tree, context);
  if (namespace === undefined) return [];
  const typeOf = (field: Field): ResolvedType => context.type(field.type, namespace);
  return tree.declarations
    .filter(({ span }) => span.start <= range.end && range.start <= span.end)
    .flatMap((declaration) => hintsOf(declaration, typeOf, isShown))
    .filter(({ offset }) => range.start <= offset && offset <= range.end)
    .map((hint) => inlayHint(tree.file, hint));
}

function hintsOf(
  declaration: Declaration,
  typeOf: (field: Field) => ResolvedType,
  isShown: (kind: InlayHintKindName) => boolean,
): Hint[] {
  if (declaration.kind === "EnumDeclaration") {
    return [
      ...(isShown("enumBase") ? baseHint(declaration) : []),
      ...(isShown("enumNumber") ? numberHints(declaration) : []),
    ];
  }
  if (declaration.kind !== "ComponentDeclaration") return [];
  return [
    ...(isShown("permission") ? permissionHint(declaration) : []),
    ...(isShown("migrationValue") ? migrationHints(declaration, typeOf) : []),
  ];
}

function baseHint({ name, base }: EnumDeclaration): Hint[] {
  if (base !== undefined) return [];
  const label = `: ${DEFAULT_ENUM_BASE}`;
  const tooltip = `Values are stored and sent as \`${DEFAULT_ENUM_BASE}\`, unless another base is written here.`;
  return [{ offset: name.span.end, label, tooltip, insert: label }];
}

function numberHints(declaration: EnumDeclaration): Hint[] {
  const numbers = enumNumbers(declaration);
  return declaration.values.flatMap(({ name, value }, index) => {
    const number = numbers[index];
    if (value !== undefined || number === undefined) return [];
    const label = ` = ${number}`;
    const tooltip = "What is stored and sent. Write it out to keep it when values are put in above.";
    return [{ offset: name.span.end, label, tooltip, insert: label }];
  });
}

function permissionHint({ attributes, keyword }: ComponentDeclaration): Hint[] {
  if (hasAttribute(attributes, "permission") || hasAttribute(attributes, "rls")) return [];
  const label = "@permission(admin)";
  const tooltip = "Without `@permission` or `@rls` only admins can subscribe to the rows; no other client sees them.";
  return [{ offset: keyword.start, label, tooltip, insert: `${label} `, after: true }];
}

/** Rows of a volatile component do not outlive a migration, and one value for all rows is none for a unique column. */
function migrationHints(component: ComponentDeclaration, typeOf: (field: Field) => ResolvedType): Hint[] {
  if (hasAttribute(component.attributes, "volatile")) return [];
  return component.fields.flatMap((field) => {
    const value = isFilled(field) ? zeroOf(typeOf(field)) : undefined;
    if (value === undefined) return [];
    const tooltip =
      "Every insert must give this column. When it is added to a table that has rows, `hetu upgrade` gives them this value.";
    return [{ offset: field.span.end, label: `  migrates as ${value}`, tooltip }];
  });
}

function isFilled({ default: value, attributes }: Field): boolean {
  return value === undefined && !hasAttribute(attributes, "unique");
}

/** The zero of a type as a schema writes it; `undefined` for what columns cannot be. */
function zeroOf(type: ResolvedType): string | undefined {
  switch (type.kind) {
    case "scalar":
      return type.name === "bool" ? "false" : "0";
    case "string":
    case "bytes":
      return '""';
    case "enum":
      return zeroValue(type.declaration);
    default:
      return undefined;
  }
}

const zeroValues = new WeakMap<EnumDeclaration, { readonly name: string | undefined }>();

/** The value that is 0, or the first one. Kept by declaration: a large enum may be the type of thousands of columns. */
function zeroValue(declaration: EnumDeclaration): string | undefined {
  let known = zeroValues.get(declaration);
  if (known === undefined) {
    const { values } = declaration;
    const zero = values[enumNumbers(declaration).indexOf(0n)] ?? values[0];
    known = { name: zero?.name.text };
    zeroValues.set(declaration, known);
  }
  return known.name;
}

function inlayHint(file: SourceFile, { offset, label, tooltip, insert, after }: Hint): InlayHint {
  const position = positionOf(file, offset);
  const textEdits: TextEdit[] =
    insert === undefined ? [] : [{ range: { start: position, end: position }, newText: insert }];
  return {
    position,
    label: label.trim(),
    tooltip: { kind: "markdown", value: tooltip },
    ...(label.startsWith(":") ? { kind: InlayHintKind.Type } : {}),
    ...(textEdits.length === 0 ? {} : { textEdits }),
    ...(after === true ? { paddingRight: true } : label.startsWith(" ") ? { paddingLeft: true } : {}),
  };
}
