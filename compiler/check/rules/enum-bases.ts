import { enumBaseInvalid } from "../../diagnostics/codes/types.js";
import type { Rule } from "../context.js";
import { isIntegerBase } from "../types.js";

/** The base of an enum is an integer of 8 to 32 bits. */
export const enumBases: Rule = (context) => {
  for (const { declaration } of context.all("EnumDeclaration")) {
    const { base } = declaration;
    if (base === undefined || (base.namespace === undefined && isIntegerBase(base.name.text))) continue;
    context.report(enumBaseInvalid, { base: base.name.text }, base.span);
  }
};
