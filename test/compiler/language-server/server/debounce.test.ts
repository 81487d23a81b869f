import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Debounce, delayOf, LONGEST_WAIT } from "../../../../compiler/language-server/server/debounce.js";

describe("the wait behind a burst of keys", () => {
  it("is what the settings ask for while checking is quick", () => {
    expect(delayOf(150, 10)).toBe(150);
  });

  it("grows with what the last check took", () => {
    expect(delayOf(150, 100)).toBe(200);
  });

  it("is bounded after a check that took seconds, as the first one of a large schema does", () => {
    expect(delayOf(150, 4_000)).toBe(300);
  });

  it("is never shorter than what the settings ask for", () => {
    expect(delayOf(2_000, 4_000)).toBe(2_000);
  });
});

describe("what follows changes", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setImmediate", "clearImmediate", "performance"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Milliseconds from the start to each run, for changes that come so many milliseconds apart. */
  function runs(changes: number, apart: number, delay: number): readonly number[] {
    const began = performance.now();
    const times: number[] = [];
    const debounce = new Debounce(
      () => times.push(performance.now() - began),
      () => delay,
    );
    for (let change = 0; change < changes; change += 1) {
      debounce.trigger();
      vi.advanceTimersByTime(apart);
    }
    vi.runAllTimers();
    return times;
  }

  it("comes at once for each change that comes alone", () => {
    expect(runs(3, 150, 150)).toEqual([0, 150, 300]);
  });

  it("comes once behind a burst", () => {
    expect(runs(4, 50, 150)).toEqual([0, 300]);
  });

  it("comes again and again in a burst that does not end, never later than the longest wait", () => {
    const times = runs(100, 50, 150);
    // The first change is answered at once; the second one, which waits, comes 50 ms later.
    const second = 50 + LONGEST_WAIT;
    expect(times.slice(0, 4)).toEqual([0, second, second + LONGEST_WAIT, second + 2 * LONGEST_WAIT]);
    expect(times.at(-1)).toBe(99 * 50 + 150);
  });

  it("waits in such a burst as long as the settings ask for when that is longer", () => {
    expect(runs(40, 100, 1_000)).toEqual([0, 1_100, 2_100, 3_100, 4_100]);
  });

  it("does not come any more once it is stopped, and starts anew after that", () => {
    const run = vi.fn();
    const debounce = new Debounce(run, () => 150);
    debounce.trigger();
    vi.runAllTimers();
    debounce.trigger();
    debounce.stop();
    vi.advanceTimersByTime(LONGEST_WAIT);
    expect(run).toHaveBeenCalledTimes(1);
    debounce.trigger();
    vi.runAllTimers();
    expect(run).toHaveBeenCalledTimes(2);
  });
});
