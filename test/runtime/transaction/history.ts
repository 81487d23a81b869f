/**
 * Checks whether a history of list-append transactions is strictly serializable.
 *
 * Every transaction appends unique values to lists and reads whole lists. A list tells the order of its appends, so
 * that all dependencies follow from the reads (Kingsbury and Alvaro, "Elle: Inferring Isolation Anomalies from
 * Experimental Observations", VLDB 2020): write-write between neighbours of a list, write-read from the writer of
 * the last value that was read, read-write (an anti-dependency, Adya 1999) to the writer of the next. With the edges
 * of real time (who had ended before who began), a strictly serializable history has no cycle.
 */
export interface HistoryTransaction {
  readonly name: string;
  /** Moments on one clock; `end` is `Infinity` when the outcome is unknown. */
  readonly start: number;
  readonly end: number;
  readonly reads: readonly { readonly key: number; readonly values: readonly string[] }[];
  readonly appends: readonly { readonly key: number; readonly value: string }[];
}

export interface Anomaly {
  readonly kind: "lost append" | "duplicate" | "not a prefix" | "read of an unknown value" | "cycle";
  readonly description: string;
}

/**
 * @param committed Transactions that were answered with success.
 * @param final The lists at the end.
 */
export function findAnomaly(
  committed: readonly HistoryTransaction[],
  final: ReadonlyMap<number, readonly string[]>,
): Anomaly | undefined {
  return checkLists(committed, final) ?? findCycle(committed, dependencies(committed, final));
}

function checkLists(
  committed: readonly HistoryTransaction[],
  final: ReadonlyMap<number, readonly string[]>,
): Anomaly | undefined {
  const written = new Set(committed.flatMap(({ appends }) => appends.map(({ key, value }) => `${key}/${value}`)));
  for (const [key, values] of final) {
    if (new Set(values).size < values.length)
      return { kind: "duplicate", description: `list ${key}: ${values.join()}` };
    const stranger = values.find((value) => !written.has(`${key}/${value}`));
    if (stranger !== undefined) return { kind: "read of an unknown value", description: `list ${key} has ${stranger}` };
  }
  for (const { name, appends, reads } of committed) {
    for (const { key, value } of appends) {
      if (final.get(key)?.includes(value) === true) continue;
      return { kind: "lost append", description: `${name} appended ${value} to list ${key}, which does not have it` };
    }
    for (const { key, values } of reads) {
      const whole = final.get(key) ?? [];
      if (values.every((value, i) => whole[i] === value)) continue;
      return { kind: "not a prefix", description: `${name} read list ${key} as ${values.join()}` };
    }
  }
  return undefined;
}

function dependencies(
  committed: readonly HistoryTransaction[],
  final: ReadonlyMap<number, readonly string[]>,
): Map<number, Set<number>> {
  const edges = new Map<number, Set<number>>(committed.map((_, i) => [i, new Set()]));
  const writers = new Map<string, number>();
  committed.forEach(({ appends }, i) => {
    for (const { key, value } of appends) writers.set(`${key}/${value}`, i);
  });
  const edge = (from: number | undefined, to: number | undefined): void => {
    if (from !== undefined && to !== undefined && from !== to) edges.get(from)?.add(to);
  };
  for (const [key, values] of final) {
    for (let i = 1; i < values.length; i++)
      edge(writers.get(`${key}/${values[i - 1]}`), writers.get(`${key}/${values[i]}`));
  }
  committed.forEach(({ reads }, i) => {
    for (const { key, values } of reads) {
      const whole = final.get(key) ?? [];
      edge(writers.get(`${key}/${whole[values.length - 1]}`), i);
      edge(i, writers.get(`${key}/${whole[values.length]}`));
    }
  });
  committed.forEach((a, i) => {
    committed.forEach((b, j) => {
      if (a.end < b.start) edge(i, j);
    });
  });
  return edges;
}

/** Depth-first; a transaction that is met again while it is still open closes a cycle. */
function findCycle(
  committed: readonly HistoryTransaction[],
  edges: ReadonlyMap<number, ReadonlySet<number>>,
): Anomaly | undefined {
  const state = new Map<number, "open" | "done">();
  const path: number[] = [];
  const visit = (node: number): number[] | undefined => {
    state.set(node, "open");
    path.push(node);
    for (const next of edges.get(node) ?? []) {
      if (state.get(next) === "open") return [...path.slice(path.indexOf(next)), next];
      if (state.get(next) === "done") continue;
      const cycle = visit(next);
      if (cycle !== undefined) return cycle;
    }
    path.pop();
    state.set(node, "done");
    return undefined;
  };
  for (const node of edges.keys()) {
    if (state.has(node)) continue;
    const cycle = visit(node);
    if (cycle === undefined) continue;
    return { kind: "cycle", description: cycle.map((i) => committed[i]?.name).join(" -> ") };
  }
  return undefined;
}
