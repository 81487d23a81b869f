import fc from "fast-check";
import { beforeAll, expect, test, vi } from "vitest";
import { type RedisServer, useRedis } from "../../redis/index.js";
import { rowsOf } from "./clusters-world.js";
import { RandomRun, type Step } from "./shared-random.js";

const redis = useRedis();
let server: RedisServer;

beforeAll(async () => {
  server = await redis.server();
});

const place = fc.nat(2);
const who = fc.nat(11);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("connect" as const),
      at: place,
      user: fc.integer({ min: 2, max: 4 }),
      kick: fc.boolean(),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom("seat", "drop", "leave"), who }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("resume" as const), who, at: place }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("kill", "stop", "die logging in"), at: place }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("start" as const) }) },
);

test("whatever connects, resumes, is kicked, dies and stops, each connection ends once and leaves nothing", async () => {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
      const run = new RandomRun(redis, server, `run${++runs}`);
      try {
        await run.start();
        await run.start();
        for (const each of steps) await run.do(each);
        await run.finish();
        await vi.waitFor(async () => expect(await rowsOf(run.process, "core.Connection")).toEqual([]), {
          timeout: 20_000,
        });
        expect(await rowsOf(run.process, "Online")).toEqual([]);
        const diary = await rowsOf(run.process, "Diary");
        const counters = await rowsOf(run.process, "Counter");
        expect(diary.map(({ times }) => times).filter((times) => times !== 1)).toEqual([]);
        expect(counters.map(({ value }) => value).filter((value) => value !== 1n)).toEqual([]);
        const names = new Set(diary.map(({ entry }) => entry));
        for (const { connection } of run.sessions) expect(names).toContain(`left ${connection}`);
        expect(new Set(counters.map(({ name }) => name))).toEqual(names);
      } finally {
        await run.close();
      }
    }),
    { numRuns: 12, endOnFailure: true },
  );
}, 300_000);
