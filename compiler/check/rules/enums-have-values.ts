import { enumEmpty } from "../../diagnostics/codes/types.js";
import type { Rule } from "../context.js";

/** An enum has at least one value. */
export const enumsHaveValues: Rule = (context) => {
  for (const { declaration } of context.all("EnumDeclaration")) {
    if (declaration.values.length > 0 || context.broken.touchesMembers(declaration)) continue;
    context.report(enumEmpty, { name: declaration.name.text }, declaration.name.span);
  }
};
