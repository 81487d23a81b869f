import { expect, test } from "vitest";
import { timingOf } from "../../../../runtime/store/redis/registry/timing.js";
import { Trust } from "../../../../runtime/store/redis/registry/trust.js";

const REDIS_AHEAD = 1_000_000;

/** Has heard from Redis at these moments, by its own clock. */
function heardAt(leaseTime: number, ...moments: readonly number[]): Trust {
  const trust = new Trust(timingOf(leaseTime));
  for (const own of moments) trust.answered(own, own + REDIS_AHEAD);
  return trust;
}

test("Leases that are over are believed to be once Redis was heard of for the time of one", () => {
  const trust = heardAt(1000, 0, 100, 200);
  expect(trust.inExpiry(699)).toBe(false);
  expect(trust.inExpiry(700)).toBe(true);
});

test("After Redis was away all get the time of a lease to be back, and longer than links wait before they dial", () => {
  const short = heardAt(1000, 0, 100, 5000);
  expect([short.inExpiry(7999), short.inAbsence(7999)]).toEqual([false, false]);
  expect([short.inExpiry(8000), short.inAbsence(8000)]).toEqual([true, true]);
  const long = heardAt(10_000, 0, 1000, 40_000);
  expect(long.inExpiry(46_999)).toBe(false);
  expect(long.inExpiry(47_000)).toBe(true);
});
