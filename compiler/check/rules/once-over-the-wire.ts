import { onceWithoutPermission } from "../../diagnostics/codes/systems.js";
import { hasAttribute } from "../attributes/read.js";
import type { Rule } from "../context.js";
import { triggersOf } from "../triggers.js";

/** `@once` stands on systems that may be called over the wire. */
export const onceOverTheWire: Rule = (context) => {
  for (const { declaration } of context.all("SystemDeclaration")) {
    const once = declaration.attributes.find(({ name }) => name.text === "once");
    if (once === undefined || context.broken.touches(declaration) || hasAttribute(declaration.attributes, "permission"))
      continue;
    // With a trigger, that is what it conflicts with.
    if (triggersOf(declaration).length > 0) continue;
    context.report(onceWithoutPermission, { system: declaration.name.text }, once.span);
  }
};
