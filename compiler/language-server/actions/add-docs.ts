import { KEYWORDS } from "../../check/kinds.js";
import type { Edit, Fix } from "../../diagnostics/diagnostic.js";
import { snakeCase } from "../../model/names/words.js";
import type { Declaration, SchemaFile } from "../../syntax/tree.js";
import { indentAt, insertion, lineBreakOf } from "./edits.js";

export const ADD_DOCS = "source.addDocs.hetu";

/** Puts a `///` line before every declaration of a file that has none: a sentence made of its name, to be gone on with. */
export function addDocs({ file, declarations }: SchemaFile): readonly Fix[] {
  const edits = declarations
    .filter(({ doc }) => doc === undefined)
    .flatMap((declaration): readonly Edit[] => {
      const { start } = declaration.span;
      const indent = indentAt(file, start);
      const before = file.text.slice(file.lineStart(file.lineOf(start)), start);
      // A `///` stands alone on its line, and so must what follows another declaration on one.
      if (before.trim() !== "") return [];
      return [insertion(file, start, `/// ${sentence(declaration)}${lineBreakOf(file)}${indent}`)];
    });
  return edits.length === 0 ? [] : [{ title: "Add missing docs", edits }];
}

function sentence(declaration: Declaration): string {
  if (declaration.kind === "SessionDeclaration") return "What the server knows of a connection.";
  const words = snakeCase(declaration.name.text).split("_").filter(Boolean).join(" ");
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  switch (declaration.kind) {
    case "SystemDeclaration":
    case "EndpointDeclaration":
    case "ErrorDeclaration":
      return `${text}.`;
    default:
      return `${text}: ${article(KEYWORDS[declaration.kind])} ${KEYWORDS[declaration.kind]}.`;
  }
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? "an" : "a";
}
