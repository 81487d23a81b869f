import { describe, expect, it } from "vitest";
import { delayOf } from "../../../../compiler/language-server/server/debounce.js";

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
