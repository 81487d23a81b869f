import type { SystemState } from "./call-graph.js";

/** The suffixes of the separate tables that calls make of each component, sorted by code unit. */
export function findCopies(states: readonly SystemState[]): ReadonlyMap<string, readonly string[]> {
  const suffixes = new Map<string, Set<string>>();
  for (const { system, suffix } of states) {
    if (suffix === undefined) continue;
    for (const component of system.uses) {
      const known = suffixes.get(component);
      if (known === undefined) suffixes.set(component, new Set([suffix]));
      else known.add(suffix);
    }
  }
  return new Map([...suffixes].map(([component, set]) => [component, [...set].sort()]));
}
