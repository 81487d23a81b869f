import { expect, it } from "vitest";
import { SNOWFLAKE_EPOCH_MS, SnowflakeSource } from "../../../runtime/store/snowflake.js";

it("puts time, worker and sequence in their bits", () => {
  const ids = new SnowflakeSource(5, 0, () => SNOWFLAKE_EPOCH_MS + 3);
  expect(ids.next()).toBe((3n << 22n) | (5n << 12n) | 0n);
  expect(ids.next()).toBe((3n << 22n) | (5n << 12n) | 1n);
});

it("goes on with the next millisecond when 4,096 ids were given in one", () => {
  const ids = new SnowflakeSource(0, 0, () => SNOWFLAKE_EPOCH_MS + 1);
  const given = Array.from({ length: 5000 }, () => ids.next());
  expect(new Set(given).size).toBe(5000);
  expect(given[4095]).toBe((1n << 22n) | 4095n);
  expect(given[4096]).toBe(2n << 22n);
});

it("keeps ascending while the clock runs backwards", () => {
  let now = SNOWFLAKE_EPOCH_MS + 1000;
  const ids = new SnowflakeSource(0, 0, () => now--);
  const given = Array.from({ length: 100 }, () => ids.next());
  expect(given.every((id, i) => i === 0 || id > (given[i - 1] as bigint))).toBe(true);
});

it("starts behind the floor that an earlier source left", () => {
  const clock = (): number => SNOWFLAKE_EPOCH_MS + 10;
  const before = new SnowflakeSource(0, 0, clock);
  const last = Array.from({ length: 10_000 }, () => before.next()).at(-1) as bigint;
  expect(new SnowflakeSource(0, before.time, clock).next()).toBeGreaterThan(last);
});

it("refuses a worker that does not fit 10 bits", () => {
  expect(() => new SnowflakeSource(1024)).toThrow("from 0 to 1023, not 1024");
});
