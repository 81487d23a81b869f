import { Node } from "ts-morph";
import * as codes from "../../diagnostics/codes/lint.js";
import type { ServerRule } from "../rule.js";
import { isGlobal, rootOf } from "../server/functions.js";

/** A system asks no clock but `ctx.now`. */
export const clockInSystem: ServerRule = {
  code: codes.clockInSystem.code,
  check({ report }, { systems, spanOf }) {
    const told = new Set<Node>();
    for (const { namespace, system, steps } of systems) {
      for (const node of steps) {
        if (!isClock(node) || told.has(node)) continue;
        told.add(node);
        report(codes.clockInSystem, { system: system.name, clock: node.getText() }, spanOf(node), [
          `${namespace.name}.${system.name}`,
        ]);
      }
    }
  },
};

/** `Date.now()`, `new Date()`; a date that is made of something is no clock. */
function isClock(node: Node): boolean {
  if (!(Node.isCallExpression(node) || Node.isNewExpression(node)) || node.getArguments().length > 0) return false;
  const callee = node.getExpression();
  const wanted = Node.isNewExpression(node) ? "Date" : "Date.now";
  return callee.getText() === wanted && isGlobal(rootOf(callee));
}
