import fc from "fast-check";
import { expect, test } from "vitest";
import { Cron } from "../../../runtime/schedule/cron.js";
import { Every, ticksBetween } from "../../../runtime/schedule/schedule.js";
import { LONGER } from "../../longer.js";

const MINUTE = 60_000;
const DAY = 86_400_000;

const at = (text: string): number => Date.parse(text);

test.each([
  ["0 3 * * *", "2026-11-22T02:59:59.999Z", "2026-11-22T03:00:00Z"],
  ["0 3 * * *", "2026-11-22T03:00:00Z", "2026-11-23T03:00:00Z"],
  ["*/5 3 * * 1-5", "2026-11-20T03:55:00Z", "2026-11-23T03:00:00Z"],
  ["10-20/5,40 * * * *", "2026-11-22T07:15:00Z", "2026-11-22T07:20:00Z"],
  ["10-20/5,40 * * * *", "2026-11-22T07:20:01Z", "2026-11-22T07:40:00Z"],
  ["0 0 1 JAN *", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"],
  ["0 0 * * 7", "2026-11-22T00:00:00Z", "2026-11-29T00:00:00Z"],
  ["0 0 * * sun", "2026-11-22T00:00:00Z", "2026-11-29T00:00:00Z"],
  ["0 0 13 * FRI", "2026-11-14T00:00:00Z", "2026-11-20T00:00:00Z"],
  ["0 0 */2 * FRI", "2026-11-22T00:00:00Z", "2026-11-27T00:00:00Z"],
  ["59 23 31 * *", "2026-09-01T00:00:00Z", "2026-10-31T23:59:00Z"],
  ["0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z"],
])("%s after %s is due at %s, and was due then last just before the one after", (expression, after, due) => {
  const cron = new Cron(expression);
  expect(cron.next(at(after))).toBe(at(due));
  expect(cron.previous(at(due))).toBe(at(due));
  expect(cron.previous(cron.next(at(due)) - 1)).toBe(at(due));
});

const anyField = (min: number, max: number): fc.Arbitrary<{ text: string; has: (value: number) => boolean }> =>
  fc.oneof(
    fc.constant({ text: "*", has: () => true }),
    fc.integer({ min, max }).map((value) => ({ text: `${value}`, has: (each: number) => each === value })),
    fc
      .tuple(fc.integer({ min, max }), fc.integer({ min, max }), fc.integer({ min: 1, max: 9 }))
      .map(([a, b, step]) => [Math.min(a, b), Math.max(a, b), step] as const)
      .map(([from, to, step]) => ({
        text: `${from}-${to}/${step}`,
        has: (each: number) => each >= from && each <= to && (each - from) % step === 0,
      })),
  );

test("A cron expression is due at the minutes that its fields name, and at no others", () => {
  const fields = [anyField(0, 59), anyField(0, 23), anyField(1, 28), anyField(1, 12), anyField(0, 6)] as const;
  const moment = fc.integer({ min: at("2026-01-01"), max: at("2032-01-01") });
  fc.assert(
    fc.property(fc.tuple(...fields), moment, ([minute, hour, day, month, weekday], after) => {
      const cron = new Cron([minute, hour, day, month, weekday].map(({ text }) => text).join(" "));
      const either = day.text !== "*" && weekday.text !== "*";
      const isDue = (time: number): boolean => {
        const date = new Date(time);
        const days = [day.has(date.getUTCDate()), weekday.has(date.getUTCDay())];
        return (
          minute.has(date.getUTCMinutes()) &&
          hour.has(date.getUTCHours()) &&
          month.has(date.getUTCMonth() + 1) &&
          (either ? days.includes(true) : !days.includes(false))
        );
      };
      const next = cron.next(after);
      expect([next > after, next % MINUTE, isDue(next)]).toEqual([true, 0, true]);
      const first = Math.max((Math.floor(after / MINUTE) + 1) * MINUTE, next - 2 * DAY);
      for (let time = first; time < next; time += MINUTE) expect(isDue(time)).toBe(false);
      expect(cron.previous(next)).toBe(next);
      expect(cron.previous(next - 1)).toBeLessThanOrEqual(after);
      expect(cron.next(cron.previous(next - 1))).toBe(next);
    }),
    { numRuns: 40 * LONGER },
  );
});

test("A duration is due at its multiples since 1970, whoever works it out", () => {
  const every = new Every(60_000);
  expect([every.next(0), every.next(59_999), every.next(60_000)]).toEqual([60_000, 60_000, 120_000]);
  expect([every.previous(59_999), every.previous(60_000)]).toEqual([0, 60_000]);
});

test("Ticks between two are counted without the two, however many they are", () => {
  expect(ticksBetween(new Every(10), 100, 110)).toBe(0);
  expect(ticksBetween(new Every(10), 100, 150)).toBe(4);
  expect(ticksBetween(new Every(10), 0, 10 ** 9, 1000)).toBe(1000);
  const hourly = new Cron("0 * * * *");
  expect(ticksBetween(hourly, at("2026-11-22T00:00:00Z"), at("2026-11-22T01:00:00Z"))).toBe(0);
  expect(ticksBetween(hourly, at("2026-11-22T00:00:00Z"), at("2026-11-23T00:00:00Z"))).toBe(23);
});
