import { glueComponent } from "../../diagnostics/codes/systems.js";
import type { SystemState } from "../../model/call-graph.js";
import { findCuts, type Cut, type Cuts, type Stretch } from "../articulation.js";
import type { Rule } from "../context.js";
import { statesOf } from "../graph.js";
import type { TypeDeclaration } from "../project.js";

/** Fewer systems than these are a detail of the others, not a group. */
const FEWEST_SYSTEMS = 2;
const MOST_NAMES_SHOWN = 3;

/** Groups of systems that a component alone holds together. */
interface Glue {
  readonly component: TypeDeclaration;
  readonly groups: readonly Group[];
}

interface Group {
  readonly systems: number;
  readonly text: string;
}

/**
 * No component is all that connects groups of systems, each of two systems or more and with rows of its own: taken out
 * of the graph of systems, tables and calls, it must not leave two such groups. Of one cluster the component is told
 * that would split it most evenly.
 */
export const glueComponents: Rule = (context) => {
  for (const namespace of context.namespaces.values()) {
    if (namespace.files.some(({ file }) => context.broken.touchesFile(file))) continue;
    const worst = new Map<number, Glue>();
    const states = statesOf(namespace);
    const tables = [...new Set(states.flatMap((state) => state.tables))];
    const cuts = findCuts(neighboursOf(states, tables));
    const totals = totalsOf(cuts, states);
    for (const cut of cuts.cuts) {
      const table = tables[cut.node - states.length];
      const component = table === undefined ? undefined : namespace.types.get(table);
      if (component === undefined) continue;
      const groups = groupsOf(cut, cuts, totals, states);
      const cluster = cuts.part(cut.node).from;
      if (evenness(groups) > evenness(worst.get(cluster)?.groups ?? [])) worst.set(cluster, { component, groups });
    }
    for (const { component, groups } of worst.values()) {
      const params = { component: component.name.text, groups: groups.map(({ text }) => text) };
      context.report(glueComponent, params, component.name.span);
    }
  }
};

/** The size of the second largest group; 0 when there are not two. */
function evenness(groups: readonly Group[]): number {
  return groups.map(({ systems }) => systems).sort((a, b) => b - a)[1] ?? 0;
}

/** Nodes are the states, then the tables. */
function neighboursOf(states: readonly SystemState[], tables: readonly string[]): readonly (readonly number[])[] {
  const nodes = new Map(tables.map((table, index) => [table, states.length + index]));
  const neighbours: number[][] = Array.from({ length: states.length + tables.length }, () => []);
  states.forEach((state, from) => {
    const others = [...state.calls, ...state.tables.flatMap((table) => nodes.get(table) ?? [])];
    for (const to of new Set(others)) {
      neighbours[from]?.push(to);
      neighbours[to]?.push(from);
    }
  });
  return neighbours;
}

/** The parts without the cut that are groups, each as a list of names. */
function groupsOf(cut: Cut, cuts: Cuts, totals: Totals, states: readonly SystemState[]): readonly Group[] {
  const rest = without(cuts.part(cut.node), [{ from: cut.position, to: cut.position + 1 }, ...cut.below]);
  return [rest, ...cut.below.map((stretch) => [stretch])].flatMap((stretches) => {
    const systems = sum(stretches, totals.systems);
    if (systems < FEWEST_SYSTEMS || sum(stretches, totals.tables) === 0) return [];
    const names = [...firstNames(stretches, cuts, states)].map((name) => `\`${name}\``).join(", ");
    return [{ systems, text: systems > MOST_NAMES_SHOWN ? `${names} and ${systems - MOST_NAMES_SHOWN} more` : names }];
  });
}

function* firstNames(
  stretches: readonly Stretch[],
  { order }: Cuts,
  states: readonly SystemState[],
): Generator<string> {
  let left = MOST_NAMES_SHOWN;
  for (const { from, to } of stretches) {
    for (let at = from; at < to && left > 0; at += 1) {
      const state = states[order[at] ?? -1];
      if (state === undefined || state.suffix !== undefined) continue;
      left -= 1;
      yield state.system.name;
    }
  }
}

/** For each position of the order, how many systems on plain tables, and how many tables, come before it. */
interface Totals {
  readonly systems: readonly number[];
  readonly tables: readonly number[];
}

function totalsOf({ order }: Cuts, states: readonly SystemState[]): Totals {
  const systems = [0];
  const tables = [0];
  for (const [at, node] of order.entries()) {
    const state = states[node];
    systems.push((systems[at] ?? 0) + (state !== undefined && state.suffix === undefined ? 1 : 0));
    tables.push((tables[at] ?? 0) + (state === undefined ? 1 : 0));
  }
  return { systems, tables };
}

function sum(stretches: readonly Stretch[], totals: readonly number[]): number {
  return stretches.reduce((all, { from, to }) => all + (totals[to] ?? 0) - (totals[from] ?? 0), 0);
}

/** What is left of a stretch without others, which lie in it, in order and apart. */
function without(whole: Stretch, others: readonly Stretch[]): readonly Stretch[] {
  const ends = [...others, { from: whole.to, to: whole.to }];
  return ends.map(({ from }, index) => ({ from: others[index - 1]?.to ?? whole.from, to: from }));
}
