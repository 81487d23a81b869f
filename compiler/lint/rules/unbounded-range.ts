import * as codes from "../../diagnostics/codes/lint.js";
import type { EndpointModel, NamespaceModel, SystemModel } from "../../model/model.js";
import type { ServerRule } from "../rule.js";
import { filterOf } from "./range-filtered-in-code.js";
import { wideRangesOf } from "../server/ranges.js";

/** What users may make run, directly or through other calls, reads no whole table. */
export const unboundedRange: ServerRule = {
  code: codes.unboundedRange.code,
  check({ report }, { systems, spanOf }) {
    const callers = new Map<NamespaceModel, ReadonlyMap<string, string>>();
    for (const code of systems) {
      const { namespace, system } = code;
      const known = callers.get(namespace) ?? callersOf(namespace);
      callers.set(namespace, known);
      const caller = known.get(system.name);
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

/** Who makes a system run, as a sentence about it; systems that no user can reach are left out. */
function callersOf({ systems, endpoints }: NamespaceModel): ReadonlyMap<string, string> {
  const callers = new Map<string, string>();
  const byName = new Map([...systems, ...endpoints].map((each) => [each.name, each]));
  const visit = (name: string, caller: string): void => {
    if (callers.has(name)) return;
    callers.set(name, caller);
    for (const { system } of byName.get(name)?.calls ?? []) visit(system, caller);
  };
  for (const sentence of [byEverybody, byUsers, byConnections]) {
    for (const each of byName.values()) {
      const caller = sentence(each);
      if (caller !== undefined) visit(each.name, caller);
    }
  }
  return callers;
}

type Callable = SystemModel | EndpointModel;

function byEverybody({ name, permission, limit }: Callable): string | undefined {
  return permission === "everybody" ? mayCall("everybody", name, limit) : undefined;
}

function byUsers({ name, permission, limit }: Callable): string | undefined {
  return permission === "user" ? mayCall("every user", name, limit) : undefined;
}

function byConnections(each: Callable): string | undefined {
  const trigger = "trigger" in each ? each.trigger : undefined;
  if (trigger?.kind !== "on" || trigger.event === "start") return undefined;
  return `\`${each.name}\` runs whenever a client ${trigger.event === "connect" ? "connects" : "leaves"}`;
}

function mayCall(who: string, name: string, limit: Callable["limit"]): string {
  return `${who} may call \`${name}\`, ${limit === undefined ? "which has no `@limit`" : "as often as its `@limit` allows"}`;
}
