/** A half-open stretch of positions in the order of the search. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The parts that a graph falls into when a node is taken out. */
export interface Cut {
  readonly node: number;
  /** Where the node itself is in the order; all parts below come later. */
  readonly position: number;
  /** One for each part below the node, in order; the rest of the node's part of the graph is another. */
  readonly below: readonly Stretch[];
}

export interface Cuts {
  /** Nodes in the order in which the search met them; each part of the graph is one stretch. */
  readonly order: readonly number[];
  /** By node: the stretch of `order` that its part of the graph is. */
  readonly part: (node: number) => Stretch;
  /** Nodes that hold parts of the graph together. */
  readonly cuts: readonly Cut[];
}

/**
 * Articulation points of an undirected graph in linear time (Hopcroft and Tarjan 1973), with a stack of its own.
 * @param neighbours by node; both directions must be listed.
 */
export function findCuts(neighbours: readonly (readonly number[])[]): Cuts {
  const count = neighbours.length;
  const entered = new Array<number>(count).fill(-1);
  const low = new Array<number>(count).fill(0);
  const root = new Array<number>(count).fill(0);
  const order: number[] = [];
  const below = new Map<number, Stretch[]>();
  const ends = new Map<number, number>();

  for (let start = 0; start < count; start += 1) {
    if (entered[start] !== -1) continue;
    const path: { node: number; parent: number; next: number }[] = [];
    const enter = (node: number, parent: number): void => {
      entered[node] = low[node] = order.length;
      root[node] = start;
      order.push(node);
      path.push({ node, parent, next: 0 });
    };
    enter(start, -1);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { node, parent } = top;
      const next = neighbours[node]?.[top.next];
      top.next += 1;
      if (next !== undefined) {
        if ((entered[next] ?? -1) === -1) enter(next, node);
        else if (next !== parent) low[node] = Math.min(low[node] ?? 0, entered[next] ?? 0);
        continue;
      }
      path.pop();
      if (parent === -1) {
        ends.set(start, order.length);
        continue;
      }
      low[parent] = Math.min(low[parent] ?? 0, low[node] ?? 0);
      if ((low[node] ?? 0) < (entered[parent] ?? 0)) continue;
      const stretch = { from: entered[node] ?? 0, to: order.length };
      const stretches = below.get(parent);
      if (stretches === undefined) below.set(parent, [stretch]);
      else stretches.push(stretch);
    }
  }
  return {
    order,
    part: (node) => {
      const start = root[node] ?? node;
      return { from: entered[start] ?? 0, to: ends.get(start) ?? order.length };
    },
    cuts: [...below]
      .sort(([a], [b]) => a - b)
      .map(([node, stretches]) => ({
        node,
        position: entered[node] ?? 0,
        below: stretches,
      })),
  };
}
