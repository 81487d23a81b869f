interface FieldSpec {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names for the values from `min` on. */
  readonly names: readonly string[];
}

const MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split(" ");
const LONG_NAMES: readonly string[] = [
  ..."JANUARY FEBRUARY MARCH APRIL JUNE JULY AUGUST SEPT SEPTEMBER OCTOBER NOVEMBER DECEMBER".split(" "),
  ..."SUNDAY MONDAY TUES TUESDAY WEDNESDAY THUR THURS THURSDAY FRIDAY SATURDAY".split(" "),
];
const WEEKDAYS = "SUN MON TUE WED THU FRI SAT".split(" ");

const FIELDS: readonly FieldSpec[] = [
  { name: "minute", min: 0, max: 59, names: [] },
  { name: "hour", min: 0, max: 23, names: [] },
  { name: "day", min: 1, max: 31, names: [] },
  { name: "month", min: 1, max: 12, names: MONTHS },
  { name: "weekday", min: 0, max: 7, names: WEEKDAYS },
];

/** In a leap year: the longest that each month gets. */
const MONTH_DAYS: readonly number[] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What some crons have words for, without their `@`. */
const MACROS: ReadonlyMap<string, string> = new Map([
  ["hourly", "0 * * * *"],
  ["daily", "0 0 * * *"],
  ["midnight", "0 0 * * *"],
  ["weekly", "0 0 * * 0"],
  ["monthly", "0 0 1 * *"],
  ["yearly", "0 0 1 1 *"],
  ["annually", "0 0 1 1 *"],
]);

const STEP = /^[1-9]\d{0,3}$/;
const NUMBER = /^\d{1,4}$/;

/** Why a text is not a cron expression of five fields that comes at some time; `undefined` when it is one. */
export function cronProblem(expression: string): string | undefined {
  const parts = expression.trim().split(/\s+/);
  if (expression.trim() === "") return "it is empty";
  const meant = MACROS.get(expression.trim().toLowerCase().replace(/^@/, ""));
  if (meant !== undefined) return `it is not five fields: did you mean "${meant}"?`;
  if (parts.length !== FIELDS.length) {
    return `it has ${parts.length} ${parts.length === 1 ? "field" : "fields"} instead of ${FIELDS.length}`;
  }
  const sets: ReadonlySet<number>[] = [];
  for (const [index, field] of FIELDS.entries()) {
    const read = readField(parts[index] ?? "", field);
    if (typeof read === "string") return read;
    sets.push(read);
  }
  const [, , days, months] = sets;
  const isAnyWeekday = (parts[4] ?? "").startsWith("*");
  if (days === undefined || months === undefined || !isAnyWeekday) return undefined;
  const comes = [...months].some((month) => [...days].some((day) => day <= (MONTH_DAYS[month - 1] ?? 0)));
  return comes ? undefined : "no such day ever comes";
}

function readField(text: string, field: FieldSpec): ReadonlySet<number> | string {
  const values = new Set<number>();
  for (const item of text.split(",")) {
    const problem = readItem(item, field, values);
    if (problem !== undefined) return problem;
  }
  return values;
}

/** `*`, `5`, `1-5`, each with `/step` behind it but for a single value. */
function readItem(item: string, field: FieldSpec, values: Set<number>): string | undefined {
  const malformed = `${field.name} ${JSON.stringify(item)} cannot be read`;
  const [range, step, more] = item.split("/");
  if (range === undefined || more !== undefined) return malformed;
  if (step !== undefined && !STEP.test(step)) return malformed;
  let first = field.min;
  let last = field.max;
  if (range !== "*") {
    const ends = range.split("-").map((end) => readValue(end, field));
    const [from, to] = ends.length === 1 ? [ends[0], ends[0]] : ends;
    if (ends.length > 2 || from === undefined || to === undefined) return malformed + didYouMean(item, field);
    if (ends.length === 1 && step !== undefined) return `${malformed}: a step needs \`*\` or a range`;
    for (const end of [from, to]) {
      if (end < field.min || end > field.max) return `${field.name} ${end} is not within ${field.min}-${field.max}`;
    }
    if (from > to) return `${field.name} ${range} runs backwards${untilSunday(range, field, to)}`;
    [first, last] = [from, to];
  }
  for (let value = first; value <= last; value += Number(step ?? 1)) values.add(value);
  return undefined;
}

/** Of names, Sunday is the first day; of numbers, it may also be the last. */
function untilSunday(range: string, { max, names }: FieldSpec, to: number): string {
  return to === 0 && names === WEEKDAYS
    ? `: the Sunday behind a Saturday is ${max}, ${range.split("-")[0]}-${max}`
    : "";
}

/** Of days and months in full, and of `?`, which some crons have for the day that is left open. */
function didYouMean(item: string, { names }: FieldSpec): string {
  const meant = item
    .replace(/^\?/, "*")
    .replace(/[a-z]{4,}/gi, (word) => names.find((name) => isLongFor(word.toUpperCase(), name)) ?? word);
  return meant === item ? "" : `: did you mean \`${meant}\`?`;
}

function isLongFor(word: string, name: string): boolean {
  return LONG_NAMES.includes(word) && word.startsWith(name);
}

function readValue(text: string, { min, names }: FieldSpec): number | undefined {
  if (NUMBER.test(text)) return Number(text);
  const index = names.indexOf(text.toUpperCase());
  return index < 0 ? undefined : index + min;
}
