import type { Documented } from "../../model/model.js";
import { textLiteral } from "./print.js";

/** Further parts of a documentation comment; texts are as in the schema. */
export interface DocParts {
  /** Said when the schema says nothing. */
  readonly otherwise?: string;
  readonly remarks?: readonly string[];
  readonly params?: readonly { readonly name: string; readonly text: string }[];
  readonly returns?: string;
  /** Already a cref: `NameTakenException`. */
  readonly exceptions?: readonly { readonly cref: string; readonly text: string }[];
}

/** The `///` text of a declaration as XML documentation. */
export function xmlDoc(documented: Documented, parts: DocParts = {}): string[] {
  const summary = documented.doc ?? parts.otherwise;
  return [
    ...(summary === undefined ? [] : element("summary", "", summary)),
    ...(parts.remarks === undefined || parts.remarks.length === 0
      ? []
      : element("remarks", "", parts.remarks.join("\n"))),
    ...(parts.params ?? []).flatMap(({ name, text }) => element("param", ` name="${name}"`, text)),
    ...(parts.returns === undefined ? [] : element("returns", "", parts.returns)),
    ...(parts.exceptions ?? []).flatMap(({ cref, text }) => element("exception", ` cref="${cref}"`, text)),
  ];
}

/** `[Obsolete]` of what is `@deprecated`; no line otherwise. */
export function obsolete({ deprecated }: Documented, attribute: () => string): string[] {
  if (deprecated === undefined) return [];
  const reason = textLines(deprecated).join(" ").trim();
  return [`[${attribute()}${reason === "" ? "" : `(${textLiteral(reason)})`}]`];
}

function element(name: string, attributes: string, text: string): string[] {
  const lines = textLines(text).map(toXml);
  if (lines.length === 1) return [`/// <${name}${attributes}>${lines[0]}</${name}>`];
  return [`/// <${name}${attributes}>`, ...lines.map((line) => `/// ${line}`.trimEnd()), `/// </${name}>`];
}

function textLines(text: string): string[] {
  return text.split(/\r\n|[\n\r\u0085\u2028\u2029]/).map((line) => line.trimEnd());
}

/** Text that may stand in XML; what is between backquotes becomes code. */
function toXml(line: string): string {
  const escaped = line
    // Everything that XML 1.0 does not have ("Characters", 2.2).
    .replace(/[^\t\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
  return escaped.replace(/`([^`]+)`/g, "<c>$1</c>");
}
