import type { DataChange, DataProblem } from "./changes.js";
import { ConsentError } from "./consents.js";

/** An upgrade that may not be made, or not without a word; nothing was changed. */
export class UpgradeRefusedError extends Error {
  override readonly name = "UpgradeRefusedError";

  constructor(
    readonly namespace: string,
    readonly problems: readonly DataProblem[],
  ) {
    super(
      `the data of ${namespace} was not upgraded, and nothing was changed:\n` +
        problems.map((problem) => problemText(problem)).join("\n"),
    );
  }
}

/** One problem with the options that allow it, each on a line. */
export function problemText({ description, allow, hint }: DataProblem): string {
  const [first, ...others] = allow;
  const help =
    first === undefined ? [] : [`    to allow it: ${first}`, ...others.map((each) => `    or:          ${each}`)];
  const other = hint === undefined ? [] : [`    hint:        ${hint}`];
  return [`  - ${description}`, ...help, ...other].join("\n");
}

/** How data differs from what a schema wants, and what of it an upgrade does not do without a word, each on a line. */
export function differencesText(changes: readonly DataChange[], problems: readonly DataProblem[]): string {
  const lines = changes.map(({ description }) => `  - ${description}`);
  const inTheWay = problems.map((problem) => problemText(problem));
  return [...lines, ...(lines.length > 0 && inTheWay.length > 0 ? ["in the way:"] : []), ...inTheWay].join("\n");
}

/** A migration of the project has thrown, or told something that is no row; nothing was changed. */
export class MigrationFailedError extends Error {
  override readonly name = "MigrationFailedError";

  constructor(
    readonly migration: string,
    readonly table: string,
    readonly id: bigint,
    reason: string,
    cause?: unknown,
  ) {
    super(`migration ${migration} has failed at row ${id} of ${table}, and nothing was changed: ${reason}`, { cause });
  }
}

/** The store has failed in the middle: the upgrade is not finished, and the next one goes on. */
export class UpgradeInterruptedError extends Error {
  override readonly name = "UpgradeInterruptedError";

  /** @param reason what has happened; a sentence without a full stop. */
  constructor(
    readonly namespace: string,
    reason: string,
    cause: unknown,
  ) {
    super(
      `the upgrade of ${namespace} was interrupted, and nothing is lost: ${reason}\n` +
        "no server starts before it is finished: put that right and run hetu upgrade again with the same options, it goes " +
        "on where it was; or undo it with hetu upgrade --down",
      { cause },
    );
  }
}

/** There is nothing to go back to. */
export class NoWayBackError extends Error {
  override readonly name = "NoWayBackError";

  constructor(readonly namespace: string) {
    super(
      `the data of ${namespace} has nothing to go back to: hetu upgrade --down takes back one upgrade each time, and none ` +
        "is left on record: all were taken back, or what was kept for them was deleted with --forget",
    );
  }
}

/** Whether it is the request or the data that an upgrade ends for, and not the store. */
export function isRefusal(error: unknown): boolean {
  return [UpgradeRefusedError, MigrationFailedError, NoWayBackError, ConsentError].some(
    (kind) => error instanceof kind,
  );
}
