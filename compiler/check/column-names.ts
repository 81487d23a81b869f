import { unknownName } from "../diagnostics/codes/names.js";
import type { ComponentDeclaration, Field, Name } from "../syntax/tree.js";
import type { CheckContext } from "./context.js";
import { describe } from "./kinds.js";
import { replacement } from "./replacement.js";

/** The column of that name; when there is none, that is reported, unless it may be in text that could not be read. */
export function findColumn(
  context: CheckContext,
  component: ComponentDeclaration,
  fields: ReadonlyMap<string, Field>,
  { text, span }: Name,
): Field | undefined {
  const field = fields.get(text);
  if (field !== undefined) return field;
  if (!context.broken.mayDeclare(text) && !context.broken.touchesMembers(component)) {
    const suggestion = context.suggestions.nearest(text, fields.keys());
    context.report(
      unknownName,
      { what: "column", name: text, where: describe(component), suggestion },
      span,
      replacement(span, suggestion),
    );
  }
  return undefined;
}
