import { expect, test } from "vitest";
import { RestartDelay } from "../../../runtime/ops/restart-delay.js";

test("a worker is replaced at once the first time, then later and later while it keeps dying, at most after 30 s", () => {
  const delay = new RestartDelay();
  const delays = Array.from({ length: 9 }, (_, at) => delay.next(at % 2 === 0 ? undefined : 1000));
  expect(delays).toEqual([0, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

test("one that has served for long is replaced at once again", () => {
  const delay = new RestartDelay();
  for (let n = 0; n < 5; n++) delay.next(undefined);
  expect(delay.next(30_001)).toBe(0);
  expect(delay.next(undefined)).toBe(500);
});

test("after a failure that will not go away the longest delay stays", () => {
  const delay = new RestartDelay();
  expect([delay.longest(), delay.next(undefined)]).toEqual([30_000, 30_000]);
});
