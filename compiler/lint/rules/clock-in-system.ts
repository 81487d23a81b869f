import { Node } from "ts-morph";
import * as codes from "../../diagnostics/codes/lint.js";
import type { ServerRule } from "../rule.js";
import { isGlobal, rootOf } from "../server/functions.js";
import { oncePerStep, type Step } from "../server/reach.js";

/** A system asks no clock but `ctx.now`. */
export const clockInSystem: ServerRule = {
  code: codes.clockInSystem.code,
  check({ report }, { systems, spanOf }) {
    const asksClock = oncePerStep(isClock);
    for (const { namespace, system, steps } of systems) {
      for (const step of steps.filter(asksClock)) {
        report(codes.clockInSystem, { system: system.name, clock: step.getText() }, spanOf(step), [
          `${namespace.name}.${system.name}`,
        ]);
      }
    }
  },
};

/** `Date.now()`, `new Date()`, `Date()`; a date that is made of something is no clock. */
function isClock(step: Step): boolean {
  if (!Node.isCallExpression(step) && !Node.isNewExpression(step)) return false;
  const callee = step.getExpression();
  const name = callee.getText().replace(/^globalThis\./, "");
  if (!(name === "Date" || (name === "Date.now" && Node.isCallExpression(step)))) return false;
  // `Date(1)` gives the time of now, too.
  const isMade = Node.isNewExpression(step) && step.getArguments().length > 0;
  return !isMade && isGlobal(rootOf(callee));
}
