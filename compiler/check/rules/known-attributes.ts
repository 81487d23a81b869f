import { unknownAttribute } from "../../diagnostics/codes/attributes.js";
import { allAttributes } from "../attributes/all-attributes.js";
import { ATTRIBUTES } from "../attributes/table.js";
import type { Rule } from "../context.js";
import { replacement } from "../replacement.js";

const NAMES: ReadonlySet<string> = new Set(ATTRIBUTES.map(({ name }) => name));

/** Every attribute is one that exists. */
export const knownAttributes: Rule = (context) => {
  const ofNamespaces = context.files.flatMap(({ namespace }) => namespace?.attributes ?? []);
  const ofOthers = [...allAttributes(context)].flatMap(({ attributes }) => attributes);
  for (const { name } of [...ofNamespaces, ...ofOthers]) {
    if (NAMES.has(name.text)) continue;
    const suggestion = context.suggestions.nearest(name.text, NAMES);
    context.report(unknownAttribute, { name: name.text, suggestion }, name.span, replacement(name.span, suggestion));
  }
};
