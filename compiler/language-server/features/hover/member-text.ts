import { formerNames, hasAttribute } from "../../../check/attributes/read.js";
import { describe, placeOf, type FieldOwner } from "../../../check/kinds.js";
import type { Namespace } from "../../../check/project.js";
import { readRange } from "../../../check/range.js";
import { typeText } from "../../../check/types.js";
import { enumNumbers } from "../../../check/values.js";
import { csharpMemberName, csharpTypeName } from "../../../model/names/csharp.js";
import { typescriptMemberName } from "../../../model/names/typescript.js";
import { spanText } from "../../../source/span.js";
import type { EnumDeclaration, EnumValue, Field } from "../../../syntax/tree.js";
import type { Snapshot } from "../../project/snapshot.js";
import { formerNamesText } from "./former-names.js";
import { viewersInWords } from "./permission-words.js";
import { docText, facts, memberSignature, paragraphs } from "./signature.js";
import { storedForm, targetForms } from "./target-types.js";

/** What is known of a column, a field, a session field or a parameter. */
export function fieldText({ context }: Snapshot, owner: FieldOwner, field: Field, namespace: Namespace): string {
  const type = context.type(field.type, namespace);
  const place = placeOf(owner);
  const isColumn = owner.kind === "ComponentDeclaration";
  const stored = isColumn ? storedForm(type) : undefined;
  const range = readRange(field, place, type);
  return paragraphs(
    memberSignature(field),
    `${article(place)} of ${describe(owner)}`,
    docText(field),
    facts(
      stored === undefined ? undefined : `\`${typeText(type)}\`, stored as ${stored}.`,
      range?.kind === "range"
        ? `From ${range.min} to ${range.max}, checked on every ${isColumn ? "write" : "call"}.`
        : undefined,
      isColumn ? defaultInWords(field) : undefined,
      isColumn ? index(field) : undefined,
      isColumn ? viewersInWords(owner, field) : undefined,
      formerName(field),
      targetForms(owner, field, type),
    ),
  );
}

/** A value of an enum with its number. */
export function enumValueText(declaration: EnumDeclaration, value: EnumValue): string {
  const number = enumNumbers(declaration)[declaration.values.indexOf(value)];
  const { text } = value.name;
  const enclosing = csharpTypeName(declaration.name.text);
  return paragraphs(
    memberSignature(value),
    `Value${number === undefined ? "" : ` ${number}`} of ${describe(declaration)}`,
    docText(value),
    facts(`TypeScript \`"${typescriptMemberName(text)}"\` · C# \`${enclosing}.${csharpMemberName(text, enclosing)}\``),
  );
}

function article(place: ReturnType<typeof placeOf>): string {
  const words = place === "session field" ? "Field" : place;
  return words.includes(" ") ? "Field" : `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function defaultInWords(field: Field): string {
  const value = field.default;
  if (value === undefined) return "No default: whoever inserts a row gives it.";
  const text = spanText(value.span);
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return shown === "now" ? "Default: the start of the transaction." : `Default: \`${shown}\`.`;
}

function index({ attributes }: Field): string | undefined {
  if (hasAttribute(attributes, "unique")) return "Unique index.";
  return hasAttribute(attributes, "index") ? "Indexed." : undefined;
}

function formerName(field: Field): string | undefined {
  return formerNamesText(formerNames(field.attributes, "column"));
}
