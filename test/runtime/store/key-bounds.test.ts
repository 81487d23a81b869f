import fc from "fast-check";
import { expect, it } from "vitest";
import { prefixEnd } from "../../../runtime/store/key-bounds.js";

it("lies behind all that starts with the prefix and before everything else that is greater", () => {
  const bytes = fc.uint8Array({ maxLength: 4 });
  fc.assert(
    fc.property(bytes, bytes, (prefix, key) => {
      const end = prefixEnd(prefix);
      const starts = Buffer.compare(key.subarray(0, prefix.length), prefix) === 0;
      const isBefore = end === undefined || Buffer.compare(key, end) < 0;
      expect(isBefore).toBe(starts || Buffer.compare(key, prefix) < 0);
    }),
  );
  expect(prefixEnd(new Uint8Array([1, 255]))).toEqual(new Uint8Array([2]));
  expect(prefixEnd(new Uint8Array([255]))).toBeUndefined();
});
