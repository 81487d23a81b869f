import fc from "fast-check";
import { expect, test } from "vitest";
import { SlidingWindow } from "../../../runtime/gate/sliding-window.js";

/** Milliseconds between events, many of them together and some far apart. */
const gaps = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 0, max: 30, noNaN: true }), fc.constant(1000)), {
  maxLength: 600,
});

/** When the window admitted something. */
function admitted(window: SlidingWindow, waits: readonly number[]): { admitted: number[]; refused: number[] } {
  const result: { admitted: number[]; refused: number[] } = { admitted: [], refused: [] };
  let now = 0;
  for (const wait of waits) {
    now += wait;
    (window.take(now) ? result.admitted : result.refused).push(now);
  }
  return result;
}

test("never are more events admitted than allowed, in any span of that length", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), gaps, (times, waits) => {
      const { admitted: all } = admitted(new SlidingWindow(times, 1000), waits);
      all.forEach((at, i) => expect(all[i + times] ?? Infinity).toBeGreaterThanOrEqual(at + 1000));
    }),
  );
});

test("an event is refused only when that many were admitted within the span before it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 64 }), gaps, (times, waits) => {
      const { admitted: all, refused } = admitted(new SlidingWindow(times, 1000), waits);
      for (const at of refused) expect(all.filter((each) => each <= at && at - each < 1000)).toHaveLength(times);
    }),
  );
});

test("of many events each counts for at most a 64th of the span too long", () => {
  fc.assert(
    fc.property(fc.integer({ min: 65, max: 300 }), gaps, (times, waits) => {
      const { admitted: all, refused } = admitted(new SlidingWindow(times, 1000), waits);
      const longest = 1000 + 1000 / 64;
      for (const at of refused) {
        expect(all.filter((each) => each <= at && at - each < longest).length).toBeGreaterThanOrEqual(times);
      }
    }),
  );
});
