import type { CallModel } from "./model.js";

/** What the grouping of systems depends on; a part of `SystemModel`. */
export interface GraphSystem {
  readonly name: string;
  readonly uses: readonly string[];
  readonly calls: readonly CallModel[];
}

/** One namespace. Names that lead nowhere are passed over, and cycles of calls are allowed. */
export interface Graph {
  readonly systems: readonly GraphSystem[];
  /** Each system that an endpoint calls commits by itself: it joins nothing, but its suffix makes copies. */
  readonly endpoints: readonly { readonly calls: readonly CallModel[] }[];
}

/** A system as it runs on the plain tables, or on the copies of one suffix. */
export interface SystemState {
  readonly system: GraphSystem;
  readonly suffix: string | undefined;
  /** Physical tables: `Component` or `Component:Suffix`. */
  readonly tables: readonly string[];
  /** Positions in the list of states. */
  readonly calls: readonly number[];
}

/** The physical table of a component under a suffix. */
function tableName(component: string, suffix: string | undefined): string {
  return suffix === undefined ? component : `${component}:${suffix}`;
}

/** Suffixes multiply along calls: past so many systems on copies, no more are worked out. A rule refuses such a schema. */
export const MOST_COPIED_SYSTEMS = 10_000;

/**
 * Every system on the plain tables, in order, then every state that a call with a suffix leads to. The outermost
 * suffix wins: under one, the suffixes of inner calls mean nothing.
 */
export function systemStates(graph: Graph): readonly SystemState[] {
  const byName = new Map(graph.systems.map((system) => [system.name, system]));
  const positions = new Map<string, number>();
  const pending: { system: GraphSystem; suffix: string | undefined }[] = [];

  const stateOf = (name: string, suffix: string | undefined): number[] => {
    const system = byName.get(name);
    if (system === undefined) return [];
    const key = tableName(name, suffix);
    const known = positions.get(key);
    if (known !== undefined) return [known];
    if (suffix !== undefined && pending.length >= byName.size + MOST_COPIED_SYSTEMS) return [];
    positions.set(key, pending.length);
    pending.push({ system, suffix });
    return [pending.length - 1];
  };

  for (const { name } of byName.values()) stateOf(name, undefined);
  for (const { calls } of graph.endpoints) for (const call of calls) stateOf(call.system, call.suffix);

  const states: SystemState[] = [];
  for (let at = 0; at < pending.length; at += 1) {
    const { system, suffix } = pending[at] as (typeof pending)[number];
    states.push({
      system,
      suffix,
      tables: system.uses.map((component) => tableName(component, suffix)),
      calls: system.calls.flatMap((call) => stateOf(call.system, suffix ?? call.suffix)),
    });
  }
  return states;
}
