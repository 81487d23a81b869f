import fc from "fast-check";
import { expect, it } from "vitest";
import { findCuts } from "../../../compiler/check/articulation.js";

/** The connected parts of a graph, one node left out. */
function partsWithout(neighbours: readonly (readonly number[])[], without: number): readonly (readonly number[])[] {
  const seen = new Set([without]);
  const parts: number[][] = [];
  for (const start of neighbours.keys()) {
    if (seen.has(start)) continue;
    const part: number[] = [];
    const pending = [start];
    seen.add(start);
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      part.push(node);
      for (const next of neighbours[node] ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        pending.push(next);
      }
    }
    parts.push(part.sort((a, b) => a - b));
  }
  return parts;
}

const sorted = (parts: readonly (readonly number[])[]): readonly string[] => parts.map((part) => part.join()).sort();

it("finds the same parts as taking each node out of a graph", () => {
  const size = 9;
  const graphs = fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 14 }).map((pairs) => {
    const neighbours: Set<number>[] = Array.from({ length: size }, () => new Set());
    for (const [a, b] of pairs) {
      if (a === b) continue;
      neighbours[a]?.add(b);
      neighbours[b]?.add(a);
    }
    return neighbours.map((each) => [...each]);
  });
  fc.assert(
    fc.property(graphs, (neighbours) => {
      const { order, part, cuts } = findCuts(neighbours);
      expect([...order].sort((a, b) => a - b)).toEqual([...neighbours.keys()]);
      for (const { node, position, below } of cuts) {
        expect(order[position]).toBe(node);
        const inside = below.map(({ from, to }) => order.slice(from, to));
        const whole = part(node);
        const rest = order.slice(whole.from, whole.to).filter((each) => each !== node && !inside.flat().includes(each));
        const found = [...inside, rest]
          .filter((each) => each.length > 0)
          .map((each) => [...each].sort((a, b) => a - b));
        const expected = partsWithout(neighbours, node).filter((each) =>
          each.some((other) => order.slice(whole.from, whole.to).includes(other)),
        );
        expect(sorted(found)).toEqual(sorted(expected));
      }
      const splitting = [...neighbours.keys()].filter((node) => {
        const { from, to } = part(node);
        const own = new Set(order.slice(from, to));
        return partsWithout(neighbours, node).filter((each) => each.some((other) => own.has(other))).length > 1;
      });
      expect(cuts.map(({ node }) => node)).toEqual(expect.arrayContaining(splitting));
    }),
  );
});
