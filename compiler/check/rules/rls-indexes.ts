import { windowUnderRls } from "../../diagnostics/codes/style.js";
import type { ComponentDeclaration } from "../../syntax/tree.js";
import { readName, readRules } from "../attributes/read.js";
import type { Rule } from "../context.js";
import { declaredIndexes } from "../indexes.js";

/** A component with row-level security has an index that starts with a column that decides. */
export const rlsIndexes: Rule = (context) => {
  for (const { declaration } of context.all("ComponentDeclaration")) {
    if (context.broken.touches(declaration)) continue;
    const columns = securityColumns(declaration);
    const [first] = columns;
    if (first === undefined || !columns.every((name) => hasColumn(declaration, name))) continue;
    const leading = new Set(declaredIndexes(declaration).map(({ fields }) => fields[0]?.name.text));
    if (columns.some((name) => leading.has(name))) continue;
    context.report(windowUnderRls, { component: declaration.name.text, column: first }, declaration.name.span);
  }
};

/** The columns that narrow best: those compared with `==`, or all when there is none. */
function securityColumns(component: ComponentDeclaration): readonly string[] {
  if (readName(component, "permission")?.value === "owner") return ["owner"];
  const rules = readRules(component).map(({ value }) => value);
  const exact = rules.filter(({ operator }) => operator.text === "==");
  return (exact.length > 0 ? exact : rules).map(({ column }) => column.text);
}

function hasColumn(component: ComponentDeclaration, name: string): boolean {
  return component.fields.some((field) => field.name.text === name);
}
