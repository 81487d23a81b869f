import { typeCasing } from "../../diagnostics/codes/style.js";
import { typescriptTypeName } from "../../model/names/typescript.js";
import { pascalCase } from "../../model/names/words.js";
import type { Rule } from "../context.js";
import { isName } from "../is-name.js";
import { KEYWORDS } from "../kinds.js";
import { isCallable } from "../project.js";
import { isReservedType } from "./reserved-names.js";

const PASCAL_CASE = /^[A-Z][A-Za-z0-9]*_*$/;

/** Types are written in PascalCase. A name that may not be declared at all is refused elsewhere. */
export const typeNamesInPascalCase: Rule = (context) => {
  for (const { declaration } of context.declarations) {
    if (declaration.kind === "SessionDeclaration" || isCallable(declaration)) continue;
    const { text, span } = declaration.name;
    if (PASCAL_CASE.test(text) || !isName(text) || isReservedType(text)) continue;
    const pascal = pascalCase(text);
    const better = typescriptTypeName(pascal) === pascal ? pascal : `My${pascal}`;
    context.report(typeCasing, { what: KEYWORDS[declaration.kind], name: text, better }, span);
  }
};
