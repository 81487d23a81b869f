import fc from "fast-check";
import { expect, test } from "vitest";
import { prefixSuccessor } from "../../../runtime/codegen/key-writer.js";
import { type Coverage, Interest } from "../../../runtime/live/interest.js";

interface Query {
  readonly name: number;
  readonly coverage: Coverage;
  readonly discriminator: string | undefined;
}

const byte = fc.integer({ min: 0, max: 3 });
const bytes = (minLength: number, maxLength: number): fc.Arbitrary<Uint8Array> =>
  fc.array(byte, { minLength, maxLength, size: "max" }).map((list) => Uint8Array.from(list));
// Every whole key has twelve bytes here, so that none is the beginning of another.
const whole = bytes(12, 12);
const within = (lower: Uint8Array, point: Coverage["point"]): Coverage => ({
  lower,
  upper: prefixSuccessor(lower),
  point,
});

const coverage = fc.oneof(
  whole.map((key) => within(key, "key")),
  bytes(1, 11).map((prefix) => within(prefix, "prefix")),
  fc.tuple(bytes(0, 4), fc.option(bytes(0, 4), { nil: undefined })).map(([lower, upper]): Coverage => {
    return { lower, upper, point: undefined };
  }),
);
const query = fc.record({ coverage, discriminator: fc.option(fc.constantFrom("a", "b"), { nil: undefined }) });

test("a probe finds exactly the queries that hold the key and may see the row, after any adding and removing", () => {
  const steps = fc.array(fc.tuple(fc.boolean(), query, fc.nat()), { maxLength: 60, size: "max" });
  const probes = fc.array(fc.tuple(whole, fc.constantFrom("a", "b")), { minLength: 5, maxLength: 5 });
  fc.assert(
    fc.property(steps, probes, (taken, keys) => {
      const interest = new Interest<Query>();
      const model: Query[] = [];
      for (const [add, next, which] of taken) {
        if (add || model.length === 0) {
          const added = { name: model.length, ...next };
          interest.add(added.coverage, added);
          model.push(added);
        } else {
          const [removed] = model.splice(which % model.length, 1);
          if (removed !== undefined) interest.remove(removed.coverage, removed);
        }
      }
      const starts = model.map(({ coverage: { lower } }) => [padded(lower), "a"] as const);
      for (const [key, discriminator] of [...keys, ...starts]) {
        const found: Query[] = [];
        interest.probe(key, discriminator, found);
        const expected = model.filter((one) => holds(one, key, discriminator));
        expect(new Set(found)).toEqual(new Set(expected));
        expect(found).toHaveLength(expected.length);
      }
      for (const one of model) interest.remove(one.coverage, one);
      expect(interest.empty).toBe(true);
    }),
    { numRuns: 400 },
  );
});

function holds({ coverage: { lower, upper }, discriminator }: Query, key: Uint8Array, of: string): boolean {
  if (discriminator !== undefined && discriminator !== of) return false;
  return Buffer.compare(lower, key) <= 0 && (upper === undefined || Buffer.compare(key, upper) < 0);
}

function padded(prefix: Uint8Array): Uint8Array {
  const key = new Uint8Array(12);
  key.set(prefix);
  return key;
}
