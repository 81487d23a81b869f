import * as codes from "../../diagnostics/codes/lint.js";
import type { NamespaceModel } from "../../model/model.js";
import type { ServerRule } from "../rule.js";
import { filterOf } from "./range-filtered-in-code.js";
import { wideRangesOf } from "../server/ranges.js";

/** What users may call, directly or through other calls, reads no whole table. */
export const unboundedRange: ServerRule = {
  code: codes.unboundedRange.code,
  check({ report }, { systems, spanOf }) {
    for (const code of systems) {
      const { namespace, system } = code;
      const caller = callersOf(namespace).get(system.name);
      if (caller === undefined) continue;
      for (const range of wideRangesOf(code)) {
        // That is told already, with more to say.
        if (filterOf(range) !== undefined) continue;
        report(
          codes.unboundedRange,
          { system: system.name, component: range.component.name, index: range.index, caller },
          spanOf(range.call),
          [`${namespace.name}.${system.name}`, `${namespace.name}.${range.component.name}`],
        );
      }
    }
  },
};

/** Who may make a system run; systems that no user can reach are left out. */
function callersOf({ systems, endpoints }: NamespaceModel): ReadonlyMap<string, string> {
  const callers = new Map<string, string>();
  const byName = new Map([...systems, ...endpoints].map((each) => [each.name, each]));
  const visit = (name: string, caller: string): void => {
    if (callers.has(name)) return;
    callers.set(name, caller);
    for (const { system } of byName.get(name)?.calls ?? []) visit(system, caller);
  };
  for (const { name, permission } of byName.values()) if (permission === "everybody") visit(name, "everybody");
  for (const { name, permission } of byName.values()) if (permission === "user") visit(name, "every user");
  return callers;
}
