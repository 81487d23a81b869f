import type { Schedule } from "./schedule.js";

const MINUTE = 60_000;
const DAY = 86_400_000;
/** From one 29 February to the next there may be eight years, and a weekday may be asked for besides. */
const MOST_DAYS = 41 * 366;

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** A `@cron` expression, in UTC; the compiler has checked it. Days are numbered from 1970. */
export class Cron implements Schedule {
  readonly least = MINUTE;
  /** Of a day, in milliseconds from its start, ascending. */
  readonly #times: readonly number[];
  readonly #days: ReadonlySet<number>;
  readonly #months: ReadonlySet<number>;
  readonly #weekdays: ReadonlySet<number>;
  /** Both days are given: either is enough. */
  readonly #either: boolean;

  /** @throws TypeError when it has not five fields. */
  constructor(expression: string) {
    const fields = expression.trim().split(/\s+/);
    const [minute, hour, day, month, weekday] = fields;
    if (weekday === undefined || day === undefined || month === undefined || fields.length > 5) {
      throw new TypeError(`the cron expression ${JSON.stringify(expression)} has ${fields.length} fields instead of 5`);
    }
    const minutes = [...valuesOf(minute ?? "*", 0, 59)].sort(ascending);
    const hours = [...valuesOf(hour ?? "*", 0, 23)].sort(ascending);
    this.#times = hours.flatMap((each) => minutes.map((of) => (each * 60 + of) * MINUTE));
    this.#days = valuesOf(day, 1, 31);
    this.#months = valuesOf(month, 1, 12, MONTHS);
    this.#weekdays = new Set([...valuesOf(weekday, 0, 7, WEEKDAYS)].map((each) => each % 7));
    this.#either = !day.startsWith("*") && !weekday.startsWith("*");
  }

  next(after: number): number {
    const first = Math.floor(after / DAY);
    for (let day = first; day < first + MOST_DAYS; day++) {
      if (!this.#has(day)) continue;
      const time = this.#times.find((each) => day * DAY + each > after);
      if (time !== undefined) return day * DAY + time;
    }
    return Infinity;
  }

  previous(at: number): number {
    const last = Math.floor(at / DAY);
    for (let day = last; day > last - MOST_DAYS; day--) {
      if (!this.#has(day)) continue;
      const time = this.#times.findLast((each) => day * DAY + each <= at);
      if (time !== undefined) return day * DAY + time;
    }
    return -Infinity;
  }

  #has(day: number): boolean {
    const date = new Date(day * DAY);
    if (!this.#months.has(date.getUTCMonth() + 1)) return false;
    const [isDay, isWeekday] = [this.#days.has(date.getUTCDate()), this.#weekdays.has(date.getUTCDay())];
    return this.#either ? isDay || isWeekday : isDay && isWeekday;
  }
}

/** `*`, `5`, `1-5`, `MON`, each but single values with `/step` behind it, joined by commas. */
function valuesOf(field: string, min: number, max: number, names: readonly string[] = []): Set<number> {
  const values = new Set<number>();
  for (const item of field.split(",")) {
    const [range = "*", step = "1"] = item.split("/");
    const [from, to = from] = range === "*" ? [min, max] : range.split("-").map((end) => valueOf(end, min, names));
    for (let value = from ?? min; value <= (to ?? max); value += Number(step)) values.add(value);
  }
  return values;
}

function valueOf(text: string, min: number, names: readonly string[]): number {
  const index = names.indexOf(text.toUpperCase());
  return index < 0 ? Number(text) : index + min;
}

function ascending(a: number, b: number): number {
  return a - b;
}
