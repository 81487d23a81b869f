import type { Edit, Fix } from "../../diagnostics/diagnostic.js";
import type { SchemaFile } from "../../syntax/tree.js";
import { indentAt, insertion, lineBreakOf } from "./edits.js";

export const ADD_DOCS = "source.addDocs.hetu";

/**
 * Puts an empty `///` line before every declaration of a file that has none, to be filled in. Nothing is written on it:
 * what the schema tells of a declaration is in hovers and SDKs anyway, and a sentence made of its name would pass for
 * documentation. Until something is written there, lint and SDKs take it for none.
 */
export function addDocs({ file, declarations }: SchemaFile): readonly Fix[] {
  const edits = declarations
    .filter(({ doc }) => doc === undefined)
    .flatMap(({ span: { start } }): readonly Edit[] => {
      const indent = indentAt(file, start);
      const before = file.text.slice(file.lineStart(file.lineOf(start)), start);
      // A `///` stands alone on its line, and so must what follows another declaration on one.
      if (before.trim() !== "") return [];
      return [insertion(file, start, `///${lineBreakOf(file)}${indent}`)];
    });
  return edits.length === 0 ? [] : [{ title: "Add empty `///` lines where docs are missing", edits }];
}
