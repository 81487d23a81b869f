import fc from "fast-check";
import { expect, test } from "vitest";
import { lowerBound, replaceItems } from "../../../compiler/source/ordered.js";

test("the first item that is not below a limit is found among any, repeated ones too", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), fc.nat(21), (numbers, limit) => {
      const items = numbers.sort((a, b) => a - b);
      const found = items.findIndex((item) => item >= limit);
      expect(lowerBound(items, limit, (item) => item)).toBe(found < 0 ? items.length : found);
    }),
  );
});

test("items are replaced in their place, and those behind them are moved", () => {
  const counts = fc.oneof(fc.nat(5), fc.constantFrom(4_095, 4_096, 4_097, 9_000));
  fc.assert(
    fc.property(counts, counts, fc.nat(), fc.nat(), (count, others, one, another) => {
      const items = Array.from({ length: count }, (_, at) => at);
      const [from = 0, to = 0] = [one % (count + 1), another % (count + 1)].sort((a, b) => a - b);
      const put = Array.from({ length: others }, (_, at) => -at);
      const expected = [...items.slice(0, from), ...put, ...items.slice(to).map((item) => item + 0.5)];
      replaceItems(items, from, to, put, (item) => item + 0.5);
      expect(items).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});
