import fc from "fast-check";
import { expect, test } from "vitest";
import { IntervalTree } from "../../../runtime/live/interval-tree.js";

const key = (value: number): Uint8Array => Uint8Array.of(value >> 8, value & 0xff);

test("a stab finds exactly the intervals that hold the key, after any inserts and deletes", () => {
  const interval = fc.tuple(
    fc.integer({ min: 0, max: 60 }),
    fc.option(fc.integer({ min: 0, max: 60 }), { nil: undefined }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), interval), { maxLength: 120 }), (steps) => {
      const tree = new IntervalTree<string>();
      const model = new Map<string, readonly [number, number | undefined]>();
      for (const [insert, [lower, upper]] of steps) {
        const name = `${lower}-${upper}`;
        const bound = upper === undefined ? undefined : key(upper);
        if (insert && !model.has(name)) {
          tree.insert(key(lower), bound, name);
          model.set(name, [lower, upper]);
        } else if (!insert) {
          tree.delete(key(lower), bound);
          model.delete(name);
        }
        expect(tree.get(key(lower), bound)).toBe(model.has(name) ? name : undefined);
      }
      expect(tree.size).toBe(model.size);
      for (let at = 0; at <= 60; at++) {
        const found: string[] = [];
        tree.stab(key(at), found);
        const expected = [...model].filter(([, [lower, upper]]) => lower <= at && (upper === undefined || at < upper));
        expect(found.sort()).toEqual(expected.map(([name]) => name).sort());
      }
    }),
    { numRuns: 300 },
  );
});

test("a stab among ten thousand disjoint intervals looks at no more nodes than the tree is high", () => {
  const tree = new IntervalTree<number>();
  for (let at = 0; at < 10_000; at++) tree.insert(key(at * 4), key(at * 4 + 3), at);
  for (const at of [0, 1, 20_001, 39_996]) {
    const before = tree.visits;
    const found: number[] = [];
    tree.stab(key(at), found);
    expect(found).toEqual([Math.floor(at / 4)]);
    expect(tree.visits - before).toBeLessThanOrEqual(2 * Math.ceil(1.44 * Math.log2(10_002)));
  }
});
