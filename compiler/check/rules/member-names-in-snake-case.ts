import { memberCasing } from "../../diagnostics/codes/style.js";
import { snakeCase } from "../../model/names/words.js";
import type { Name } from "../../syntax/tree.js";
import type { Rule } from "../context.js";
import { isName } from "../is-name.js";
import { KEYWORDS } from "../kinds.js";

const SNAKE_CASE = /^[a-z][a-z0-9_]*$/;

/** Namespaces, systems, endpoints, fields, parameters and enum values are written in snake_case. */
export const memberNamesInSnakeCase: Rule = (context) => {
  const check = (what: string, { text, span }: Name): void => {
    if (SNAKE_CASE.test(text) || !isName(text)) return;
    context.report(memberCasing, { what, name: text, better: snakeCase(text) }, span);
  };
  for (const { namespace } of context.files) if (namespace !== undefined) check("namespace", namespace.name);
  for (const { declaration } of context.callables()) check(KEYWORDS[declaration.kind], declaration.name);
  for (const { field, place, owner } of context.fields()) {
    if (!context.broken.touches(owner)) check(place === "parameter" ? place : "field", field.name);
  }
  for (const { declaration } of context.all("EnumDeclaration")) {
    if (context.broken.touches(declaration)) continue;
    for (const { name } of declaration.values) check("value", name);
  }
};
