import { repeatedAttribute } from "../../diagnostics/codes/attributes.js";
import { allAttributes } from "../attributes/all-attributes.js";
import { attributeSpec } from "../attributes/table.js";
import type { Rule } from "../context.js";
import { eachRepeat, firstHere } from "../repeats.js";

/** No attribute stands twice on the same thing, but for those that may. */
export const attributesOnce: Rule = (context) => {
  for (const { attributes, place } of allAttributes(context)) {
    if (attributes.length < 2) continue;
    const single = attributes.filter(({ name }) => attributeSpec(name.text, place)?.repeatable !== true);
    eachRepeat(
      single.map(({ name, span }) => ({ name: name.text, span })),
      ({ name }) => name,
      ({ name, span }, first) => context.report(repeatedAttribute, { name }, span, firstHere(first, "first here")),
    );
  }
};
