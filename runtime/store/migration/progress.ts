import type { FindingsState } from "./findings.js";

/** How far the rows of one table are on their way; plain JSON. */
export interface StepProgress {
  /** Rows that were read. */
  readonly rows: number;
  /** Of those: without the ones that a migration has deleted. */
  readonly written: number;
  /** Id of the last one, in decimal; left out: none was read. Rows come in the order of their ids. */
  readonly last?: string;
  /** Left out: nothing was found. */
  readonly findings?: FindingsState;
}

/** By the number of the step in its plan; of those that have begun. */
export type BuildProgress = Readonly<Record<number, StepProgress>>;

export const NOT_BEGUN: StepProgress = { rows: 0, written: 0 };

/** Rows that were read, of all steps. */
export function rowsCarried(progress: BuildProgress): number {
  return Object.values(progress).reduce((sum, { rows }) => sum + rows, 0);
}
