const UNITS: readonly (readonly [string, number])[] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
];

const PART = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/gy;
const MILLISECONDS: Readonly<Record<string, number>> = { ...Object.fromEntries(UNITS), ms: 1 };

/** Milliseconds as the language writes a duration, in the largest unit that needs no fraction: `7d`, `90s`. */
export function durationText(milliseconds: number): string {
  for (const [unit, length] of UNITS) if (milliseconds % length === 0) return `${milliseconds / length}${unit}`;
  return `${milliseconds}ms`;
}

/** The milliseconds of a duration, also of one in several parts or with a fraction, as `1m30s` and `1.5h`. */
export function durationOf(text: string): number | undefined {
  const parts = [...text.matchAll(PART)];
  const isRead = parts.length > 0 && parts.map(([part]) => part).join("") === text;
  const sum = parts.reduce((all, [, number, unit]) => all + Number(number) * (MILLISECONDS[unit ?? ""] ?? 0), 0);
  return isRead && Number.isSafeInteger(sum) && sum > 0 ? sum : undefined;
}
