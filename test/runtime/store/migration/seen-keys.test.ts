import fc from "fast-check";
import { expect, it } from "vitest";
import { SeenKeys } from "../../../../runtime/store/migration/seen-keys.js";

it("finds the row that had a key before, as a map does", () => {
  const key = fc.uint8Array({ maxLength: 3 });
  const id = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
  fc.assert(
    fc.property(fc.array(fc.tuple(key, id), { maxLength: 60 }), (rows) => {
      const [seen, map] = [new SeenKeys(), new Map<string, bigint>()];
      for (const [bytes, each] of rows) {
        const text = bytes.join();
        const other = map.get(text);
        expect(seen.add(bytes, each)).toBe(other === each ? undefined : other);
        if (other === undefined) map.set(text, each);
      }
    }),
  );
});

it("still knows all keys when there are more than it had room for", () => {
  const seen = new SeenKeys();
  const keyOf = (i: number): Uint8Array => new Uint8Array(Uint32Array.of(i).buffer);
  for (let i = 0; i < 5000; i++) expect(seen.add(keyOf(i), BigInt(i))).toBeUndefined();
  for (let i = 0; i < 5000; i++) expect(seen.add(keyOf(i), -1n)).toBe(BigInt(i));
});
