import fc from "fast-check";
import { expect, it } from "vitest";
import { Freshness } from "../../../../../runtime/store/redis/topology/freshness.js";

it("A replica has the state of the last question whose answer it has reached", () => {
  const freshness = new Freshness();
  freshness.remember(1000);
  freshness.primaryAt(100, "a", 5);
  freshness.primaryAt(200, "a", 5);
  freshness.primaryAt(300, "a", 9);
  expect(freshness.stateOf("a", 4)).toBeUndefined();
  expect(freshness.stateOf("a", 8)).toBe(200);
  expect(freshness.stateOf("a", 9)).toBe(300);
});

it("Offsets of another history say nothing", () => {
  const freshness = new Freshness();
  freshness.remember(1000);
  freshness.primaryAt(100, "a", 5);
  freshness.primaryAt(200, "b", 5);
  expect(freshness.stateOf("a", 50)).toBe(100);
  expect(freshness.stateOf("c", 50)).toBeUndefined();
});

it("What is older than anybody asked for is forgotten", () => {
  const freshness = new Freshness();
  freshness.remember(100);
  freshness.remember(50);
  freshness.primaryAt(0, "a", 1);
  freshness.primaryAt(100, "a", 2);
  expect(freshness.stateOf("a", 1)).toBe(0);
  freshness.primaryAt(101, "a", 3);
  expect(freshness.stateOf("a", 1)).toBeUndefined();
  freshness.remember(Infinity);
  freshness.primaryAt(4_000_000, "a", 4);
  expect(freshness.stateOf("a", 3)).toBeUndefined();
});

it("An hour of samples is a few hundred, and an age is told to a part of it", () => {
  const freshness = new Freshness();
  freshness.remember(3_600_000);
  for (let i = 0; i <= 18_000; i++) freshness.primaryAt(i * 200, "a", i);
  expect(freshness.size).toBeLessThan(600);
  for (let i = 0; i <= 18_000; i += 50) {
    const age = (18_000 - i) * 200;
    const told = freshness.stateOf("a", i) ?? -Infinity;
    expect(told).toBeLessThanOrEqual(i * 200);
    expect(told).toBeGreaterThanOrEqual(i * 200 - age / 32 - 400);
  }
});

it("For those who take any age, a minute is kept in mind", () => {
  const freshness = new Freshness();
  freshness.remember(Infinity);
  freshness.primaryAt(0, "a", 1);
  freshness.primaryAt(60_000, "a", 2);
  expect(freshness.stateOf("a", 1)).toBe(0);
  freshness.primaryAt(60_001, "a", 3);
  expect(freshness.stateOf("a", 1)).toBeUndefined();
});

it("However a primary writes and a replica follows, the replica had the state of the moment that is told", () => {
  const step = fc.record({
    wait: fc.integer({ min: 1, max: 50 }),
    written: fc.integer({ min: 0, max: 5 }),
    applied: fc.integer({ min: 0, max: 5 }),
    asked: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const freshness = new Freshness();
      freshness.remember(Infinity);
      const written: { at: number; offset: number }[] = [];
      let [now, primary, replica] = [0, 0, 0];
      for (const { wait, written: bytes, applied, asked } of steps) {
        const before = now;
        now += wait;
        primary += bytes;
        written.push({ at: now, offset: primary });
        replica = Math.min(primary, replica + applied);
        // The question left before these bytes were written; the answer counts them.
        if (asked) freshness.primaryAt(before, "a", primary);
        const since = freshness.stateOf("a", replica);
        if (since === undefined) continue;
        const then = written.findLast(({ at }) => at <= since)?.offset ?? 0;
        expect(replica).toBeGreaterThanOrEqual(then);
      }
    }),
  );
});
