/** One way from a node to another. */
export interface Edge<N> {
  readonly to: N;
}

/** The nodes of a cycle, the first one repeated at the end, and the edge that closes it. */
export interface Cycle<N, E extends Edge<N>> {
  readonly path: readonly N[];
  readonly closing: E;
}

/**
 * Depth-first search with a stack of its own, so that depth has no limit. Gives one cycle for each edge back into the
 * path: every cycle of the graph holds at least one such edge.
 */
export function findCycles<N, E extends Edge<N>>(
  nodes: readonly N[],
  edgesOf: (node: N) => readonly E[],
): readonly Cycle<N, E>[] {
  const cycles: Cycle<N, E>[] = [];
  const finished = new Set<N>();
  for (const root of nodes) {
    if (finished.has(root)) continue;
    const path: { readonly node: N; readonly edges: readonly E[]; next: number }[] = [];
    const depths = new Map<N, number>();
    const enter = (node: N): void => {
      depths.set(node, path.length);
      path.push({ node, edges: edgesOf(node), next: 0 });
    };
    enter(root);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const edge = top.edges[top.next];
      top.next += 1;
      if (edge === undefined) {
        finished.add(top.node);
        depths.delete(top.node);
        path.pop();
        continue;
      }
      const depth = depths.get(edge.to);
      if (depth !== undefined) {
        cycles.push({ path: [...path.slice(depth).map(({ node }) => node), edge.to], closing: edge });
      } else if (!finished.has(edge.to)) {
        enter(edge.to);
      }
    }
  }
  return cycles;
}

const LONGEST_SHOWN = 8;

/** A path as messages show it: the middle of a long one is left out. */
export function shorten(path: readonly string[]): readonly string[] {
  return path.length <= LONGEST_SHOWN ? path : [...path.slice(0, 4), "…", ...path.slice(-3)];
}
