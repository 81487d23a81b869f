import { Node } from "ts-morph";
import * as codes from "../../diagnostics/codes/lint.js";
import type { ServerRule } from "../rule.js";
import { effectOf } from "../server/effects.js";
import { namesAttempt } from "../server/reach.js";

/** What a system does outside of `ctx` it does after its commit. */
export const effectBeforeCommit: ServerRule = {
  code: codes.effectBeforeCommit.code,
  check({ report }, { systems, spanOf }) {
    const told = new Set<Node>();
    for (const { namespace, system, steps } of systems) {
      for (const node of steps) {
        if (Node.isAwaitExpression(node) || told.has(node)) continue;
        const effect = effectOf(node);
        if (effect === undefined || node.getArguments().some(namesAttempt)) continue;
        told.add(node);
        report(codes.effectBeforeCommit, { system: system.name, effect }, spanOf(node), [
          `${namespace.name}.${system.name}`,
        ]);
      }
    }
  },
};
