import fc from "fast-check";
import { expect, it } from "vitest";
import { hashSlot } from "../../../../../runtime/store/redis/topology/hash-slot.js";
import { useRedis } from "../../../../redis/index.js";

const redis = useRedis();

it("The slot of a key is the one that a cluster node computes, with and without hash tags", async () => {
  const node = await redis.server({ args: ["--cluster-enabled", "yes"] });
  const part = fc.string({ unit: fc.constantFrom("{", "}", "a", "é", ":", "0") });
  const key = fc.oneof(
    part,
    fc.tuple(part, part, part).map(([a, b, c]) => `${a}{${b}}${c}`),
  );
  await fc.assert(
    fc.asyncProperty(key, async (text) => {
      expect(hashSlot(text)).toBe(Number(await node.command("CLUSTER", "KEYSLOT", text)));
    }),
    { numRuns: 500, examples: [[""], ["{}"], ["{}a"], ["a{b}{c}"], ["{{b}}"], ["a{b"], ["a}b{c}"]] },
  );
});
