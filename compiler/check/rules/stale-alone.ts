import { staleConflict } from "../../diagnostics/codes/systems.js";
import type { Rule } from "../context.js";
import { firstHere } from "../repeats.js";

/** What is of no use to a system that changes nothing and is never run again. */
const NEVER: ReadonlySet<string> = new Set(["once", "on", "every", "cron", "retry"]);

/** `@stale` stands with no attribute that presumes an effect or a conflict. */
export const staleAlone: Rule = (context) => {
  for (const { declaration } of context.all("SystemDeclaration")) {
    const stale = declaration.attributes.find(({ name }) => name.text === "stale");
    if (stale === undefined) continue;
    for (const other of declaration.attributes.filter(({ name }) => NEVER.has(name.text))) {
      const params = { attribute: other.name.text, system: declaration.name.text };
      context.report(staleConflict, params, other.span, firstHere(stale, "`@stale` is here"));
    }
  }
};
