import { triggersConflict } from "../../diagnostics/codes/systems.js";
import type { Rule } from "../context.js";
import { firstHere } from "../repeats.js";
import { triggersOf } from "../triggers.js";

/** What calls over the wire have and no trigger can. */
const NEVER: ReadonlySet<string> = new Set(["once", "limit"]);

/** A system has one trigger, and nothing beside it that could not have an effect. */
export const triggersAlone: Rule = (context) => {
  for (const { declaration } of context.all("SystemDeclaration")) {
    const [trigger, ...others] = triggersOf(declaration);
    if (trigger === undefined) continue;
    const isCallable =
      trigger.name.text !== "on" && declaration.attributes.some(({ name }) => name.text === "permission");
    const senseless = declaration.attributes.filter(({ name }) =>
      name.text === "permission" ? trigger.name.text === "on" : NEVER.has(name.text) && !isCallable,
    );
    // The same trigger twice is told of by the rule for attributes.
    for (const other of [...others.filter(({ name }) => name.text !== trigger.name.text), ...senseless]) {
      const params = { first: trigger.name.text, second: other.name.text, system: declaration.name.text };
      context.report(triggersConflict, params, other.span, firstHere(trigger, `\`@${trigger.name.text}\` is here`));
    }
  }
};
