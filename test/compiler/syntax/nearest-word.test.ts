import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { nearestWord } from "../../../compiler/syntax/nearest-word.js";

describe("the word that was most likely meant", () => {
  it.each([
    ["positon", ["rotation", "position"], "position"],
    ["Postiion", ["Rotation", "position"], "position"],
    ["abc", ["abd", "abx"], "abd"],
    ["ab", ["ba"], "ba"],
    ["ab", ["xy", "a", "b"], "a"],
    ["Inventory", ["Inventory", "inventories"], "inventories"],
    ["abc", ["xbz", ""], undefined],
  ])("for %s of %j is %s", (word, candidates, expected) => {
    expect(nearestWord(word, candidates)).toBe(expected);
  });

  it("is not looked for any more once the budget is used up", () => {
    const budget = { cells: 20 };
    expect(nearestWord("abcd", ["abce"], budget)).toBeUndefined();
    expect(nearestWord("abcd", ["abcd_", "abce"], budget)).toBeUndefined();
  });
});

/** Damerau's distance in its restricted form, as it is defined. */
function distance(a: string, b: string): number {
  const known = new Map<string, number>();
  const between = (i: number, j: number): number => {
    if (i === 0 || j === 0) return i + j;
    const key = `${i} ${j}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const ways = [
      between(i - 1, j) + 1,
      between(i, j - 1) + 1,
      between(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
    ];
    if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) ways.push(between(i - 2, j - 2) + 1);
    const least = Math.min(...ways);
    known.set(key, least);
    return least;
  };
  return between(a.length, b.length);
}

test("no candidate is nearer than the one that is found, and none is missed that is near", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(word, fc.array(word, { maxLength: 8 }), (wanted, words) => {
      const near = words
        .filter((candidate) => candidate !== wanted)
        .map((candidate) => ({ candidate, off: distance(wanted, candidate) }))
        .filter(({ off }) => off <= Math.max(1, Math.floor(wanted.length / 3)));
      const least = Math.min(...near.map(({ off }) => off));
      expect(nearestWord(wanted, words)).toBe(near.find(({ off }) => off === least)?.candidate);
    }),
    { numRuns: 500 },
  );
});
