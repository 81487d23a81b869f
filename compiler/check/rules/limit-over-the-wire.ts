import { limitWithoutPermission } from "../../diagnostics/codes/systems.js";
import { hasAttribute } from "../attributes/read.js";
import type { Rule } from "../context.js";
import { describe } from "../kinds.js";
import { triggersOf } from "../triggers.js";

/** `@limit` stands on what may be called over the wire. */
export const limitOverTheWire: Rule = (context) => {
  for (const { declaration } of context.callables()) {
    const limit = declaration.attributes.find(({ name }) => name.text === "limit");
    if (
      limit === undefined ||
      context.broken.touches(declaration) ||
      hasAttribute(declaration.attributes, "permission")
    )
      continue;
    // With a trigger, that is what it conflicts with.
    if (declaration.kind === "SystemDeclaration" && triggersOf(declaration).length > 0) continue;
    context.report(limitWithoutPermission, { callable: describe(declaration) }, limit.span);
  }
};
