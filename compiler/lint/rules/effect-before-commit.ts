import { Node } from "ts-morph";
import * as codes from "../../diagnostics/codes/lint.js";
import type { ServerRule } from "../rule.js";
import { effectOf } from "../server/effects.js";
import { namesAttempt, oncePerStep } from "../server/reach.js";
import { mayCommit, mayRunAgain } from "../server/server-code.js";

/** What a system does outside of `ctx` it does after its commit. */
export const effectBeforeCommit: ServerRule = {
  code: codes.effectBeforeCommit.code,
  check({ report }, { systems, spanOf }) {
    const effectAt = oncePerStep((step) => {
      const isCall = Node.isCallExpression(step) || Node.isNewExpression(step);
      return isCall && step.getArguments().some(namesAttempt) ? undefined : effectOf(step);
    });
    for (const code of systems.filter(mayRunAgain)) {
      const { namespace, system, steps } = code;
      for (const step of steps) {
        const effect = effectAt(step);
        if (effect === undefined) continue;
        report(
          codes.effectBeforeCommit,
          {
            system: system.name,
            effect: effect.name,
            kind: effect.kind,
            mayCommit: mayCommit(code),
            isStale: system.staleMs !== undefined,
          },
          spanOf(step),
          [`${namespace.name}.${system.name}`],
        );
      }
    }
  },
};
