import {
  MarkupKind,
  type ParameterInformation,
  type SignatureHelp,
  type SignatureInformation,
} from "vscode-languageserver-types";
import { durationText } from "../../syntax/duration-text.js";
import { attributeSpec, type ArgumentKind, type AttributeSpec } from "../../check/attributes/table.js";
import { isSized, SIZE_MAX, SIZE_MIN } from "../../check/types.js";
import type { Snapshot } from "../project/snapshot.js";
import { cursorAt } from "./completion/cursor.js";
import { expectedAt } from "./completion/expected-at.js";
import type { ExpectedArgument } from "./completion/expected.js";
import { ATTRIBUTE_TEXTS } from "./hover/attribute-texts.js";
import { grouped } from "./hover/signature.js";
import { TYPE_TEXTS } from "./hover/type-texts.js";

/** The signs behind which editors ask. */
export const SIGNATURE_TRIGGERS: readonly string[] = ["(", ","];

/** What the parentheses that an offset is in take: those of an attribute, or of `string(…)` and `bytes(…)`. */
export function signatureHelp(
  snapshot: Snapshot,
  path: string,
  offset: number,
  markdown = true,
): SignatureHelp | undefined {
  const file = snapshot.file(path);
  const cursor = file === undefined ? undefined : cursorAt(file, offset);
  if (cursor === undefined) return undefined;
  const kind = markdown ? MarkupKind.Markdown : MarkupKind.PlainText;
  const expected = expectedAt(cursor);
  if (expected.kind === "size") return isSized(expected.type) ? sizeHelp(expected.type, kind) : undefined;
  return expected.kind === "argument" ? attributeHelp(expected, kind) : undefined;
}

function sizeHelp(type: string, kind: MarkupKind): SignatureHelp {
  const unit = type === "string" ? "code points" : "bytes";
  const parameter = `N: ${grouped(SIZE_MIN)} to ${grouped(SIZE_MAX)}`;
  const information: SignatureInformation = {
    label: `${type}(${parameter})`,
    documentation: { kind, value: TYPE_TEXTS[type]?.meaning ?? "" },
    parameters: [{ label: parameter, documentation: `The most ${unit} that a value may have.` }],
  };
  return { signatures: [information], activeSignature: 0, activeParameter: 0 };
}

function attributeHelp(expected: ExpectedArgument, kind: MarkupKind): SignatureHelp | undefined {
  const all = expected.target.places.flatMap((place) => attributeSpec(expected.attribute, place) ?? []);
  const specs = [...new Set(all)].filter(({ parameters }) => parameters.length > 0);
  const [first] = specs;
  if (first === undefined) return undefined;
  return {
    signatures: specs.map((spec) => information(spec, kind)),
    activeSignature: 0,
    activeParameter: activeParameter(first, expected),
  };
}

function information(spec: AttributeSpec, markup: MarkupKind): SignatureInformation {
  const parameters = spec.parameters.map(({ name, kind }): ParameterInformation => {
    const label = spec.variadic === true ? `${name}, …` : `${name}: ${kindText(kind)}`;
    return { label };
  });
  const meaning = ATTRIBUTE_TEXTS[spec.form]?.meaning;
  return {
    label: `@${spec.name}(${parameters.map(({ label }) => String(label)).join(", ")})`,
    parameters,
    ...(meaning === undefined ? {} : { documentation: { kind: markup, value: meaning } }),
  };
}

function activeParameter(spec: AttributeSpec, { name, index, given }: ExpectedArgument): number {
  const last = spec.parameters.length - 1;
  if (spec.named !== true) return spec.variadic === true ? Math.min(index, last) : index;
  const named = spec.parameters.findIndex((parameter) => parameter.name === name);
  if (named >= 0) return named;
  const free = spec.parameters.findIndex((parameter) => !given.includes(parameter.name));
  return Math.max(free, 0);
}

function kindText(kind: ArgumentKind): string {
  switch (kind.kind) {
    case "choice":
      return kind.values.join(" | ");
    case "integer":
      return `${grouped(kind.min)} to ${grouped(kind.max)}`;
    case "duration":
      return `${durationText(kind.min)} to ${durationText(kind.max)}`;
    case "number":
      return "number";
    case "string":
      return "string";
    case "name":
      return "name";
    case "rule":
      return "column == ctx.name";
  }
}
