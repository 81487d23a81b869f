const UNITS: readonly (readonly [string, number])[] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
];

/** Milliseconds as the language writes a duration, in the largest unit that needs no fraction: `7d`, `90s`. */
export function durationText(milliseconds: number): string {
  for (const [unit, length] of UNITS) if (milliseconds % length === 0) return `${milliseconds / length}${unit}`;
  return `${milliseconds}ms`;
}
