import { typeCasing } from "../../diagnostics/codes/style.js";
import { pascalCase } from "../../model/names/words.js";
import type { Rule } from "../context.js";
import { isName } from "../is-name.js";
import { KEYWORDS } from "../kinds.js";
import { isCallable } from "../project.js";

const PASCAL_CASE = /^[A-Z][A-Za-z0-9]*$/;

/** Types are written in PascalCase. */
export const typeNamesInPascalCase: Rule = (context) => {
  for (const { declaration } of context.declarations) {
    if (declaration.kind === "SessionDeclaration" || isCallable(declaration)) continue;
    const { text, span } = declaration.name;
    if (PASCAL_CASE.test(text) || !isName(text)) continue;
    const better = pascalCase(text).replace(/_+$/, "");
    context.report(typeCasing, { what: KEYWORDS[declaration.kind], name: text, better }, span);
  }
};
