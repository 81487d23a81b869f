/** One line of the table that `npm run bench` prints. */
export interface Row {
  /** What was measured, e.g. `get, 128 connections`. */
  readonly name: string;
  readonly value: number;
  /** `calls/s`, `updates/s`, `ms`, `s CPU`, `MB`, … */
  readonly unit: string;
  /** The physical limit, measured in the same run: same unit as `value`. */
  readonly limit?: number;
  /** `value / limit`, or whatever ratio the line is about. */
  readonly ratio?: number;
  /** The bound that `ratio` (or, without one, `value`) is meant to keep, e.g. `≥ 0.7` or `< 3`. */
  readonly aim?: string;
  /** Anything else worth a word: percentiles, memory, CPU. */
  readonly note?: string;
}
