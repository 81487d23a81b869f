import { unknownAttribute } from "../../diagnostics/codes/attributes.js";
import { allAttributes } from "../attributes/all-attributes.js";
import { ATTRIBUTES } from "../attributes/table.js";
import { foreignAttributes } from "../../syntax/foreign-words.js";
import type { Attribute } from "../../syntax/tree.js";
import type { CheckContext, Rule } from "../context.js";
import { replacement } from "../replacement.js";

const NAMES: ReadonlySet<string> = new Set(ATTRIBUTES.map(({ name }) => name));

/** Every attribute is one that exists. */
export const knownAttributes: Rule = (context) => {
  for (const { namespace } of context.files) check(context, namespace?.attributes ?? []);
  for (const { attributes } of allAttributes(context)) check(context, attributes);
};

function check(context: CheckContext, attributes: readonly Attribute[]): void {
  for (const attribute of attributes) {
    const { name } = attribute;
    if (NAMES.has(name.text)) continue;
    const suggestion = foreign(attribute) ?? context.suggestions.nearest(name.text, NAMES);
    context.report(
      unknownAttribute,
      { name: name.text, suggestion },
      name.span,
      replacement(name.span, suggestion, "@"),
    );
  }
}

/** Ours by the word of another language; a schedule is told by what is given to it. */
function foreign({ name, arguments: [first] }: Attribute): string | undefined {
  const ours = foreignAttributes.get(name.text.toLowerCase());
  return ours === "cron" && first !== undefined && first.value.kind !== "StringLiteral" ? "every" : ours;
}
