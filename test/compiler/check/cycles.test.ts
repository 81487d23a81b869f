import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findCycles, shorten } from "../../../compiler/check/cycles.js";

const cyclesOf = (edges: readonly (readonly number[])[]) =>
  findCycles([...edges.keys()], (node) => (edges[node] ?? []).map((to) => ({ to })));

describe("findCycles", () => {
  it("gives the path from a node back to itself", () => {
    expect(cyclesOf([[1], [2], [0]]).map(({ path }) => path)).toEqual([[0, 1, 2, 0]]);
  });

  it("gives nothing for a graph without cycles", () => {
    expect(cyclesOf([[1, 2], [3], [3], []])).toEqual([]);
  });

  it("gives cycles only, and one at least when a node can reach itself", () => {
    const graphs = fc.array(fc.array(fc.nat(7), { maxLength: 4 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(graphs, (edges) => {
        const cycles = cyclesOf(edges);
        for (const { path } of cycles) {
          expect(path.at(0)).toBe(path.at(-1));
          path.slice(1).forEach((to, index) => expect(edges[path[index] ?? -1]).toContain(to));
        }
        expect(cycles.length > 0).toBe(edges.some((_, node) => reaches(edges, node, node)));
      }),
    );
  });
});

function reaches(edges: readonly (readonly number[])[], from: number, target: number): boolean {
  const seen = new Set<number>();
  const pending = [...(edges[from] ?? [])];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node === target) return true;
    if (seen.has(node)) continue;
    seen.add(node);
    pending.push(...(edges[node] ?? []));
  }
  return false;
}

describe("shorten", () => {
  it("keeps short paths and leaves out the middle of long ones", () => {
    expect(shorten(["a", "b", "a"])).toEqual(["a", "b", "a"]);
    expect(shorten("a b c d e f g h i j a".split(" "))).toEqual(["a", "b", "c", "d", "…", "i", "j", "a"]);
  });
});
