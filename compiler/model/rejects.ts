import type { CallModel } from "./model.js";

interface Rejecting {
  readonly name: string;
  readonly calls: readonly CallModel[];
  readonly rejects: readonly string[];
}

/**
 * The errors that each callable may reject with: its own in declared order, then those of the systems that it calls.
 * Calls must have no cycle. Works through a stack of its own, so that the depth of calls has no limit.
 */
export function allRejects(callables: readonly Rejecting[]): ReadonlyMap<string, readonly string[]> {
  const byName = new Map(callables.map((callable) => [callable.name, callable]));
  const done = new Map<string, readonly string[]>();
  for (const root of callables) {
    const stack: Rejecting[] = [root];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      if (done.has(top.name)) {
        stack.pop();
        continue;
      }
      const waiting = top.calls.flatMap(({ system }) => (done.has(system) ? [] : (byName.get(system) ?? [])));
      if (waiting.length > 0) {
        for (const callee of waiting) stack.push(callee);
        continue;
      }
      const all = new Set(top.rejects);
      for (const { system } of top.calls) for (const name of done.get(system) ?? []) all.add(name);
      done.set(top.name, [...all]);
      stack.pop();
    }
  }
  return done;
}
