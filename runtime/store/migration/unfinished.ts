import type { ResumeNote } from "./resume.js";
import type { Direction } from "./table-plan.js";

/** An upgrade that was interrupted, as the data has it. */
export interface UnfinishedUpgrade {
  /** `building`: the old data is as it was; `cleaning`: the new schema holds; `resetting`: all data is being deleted. */
  readonly phase: "building" | "cleaning" | "resetting";
  readonly direction: Direction;
  /** What it had been allowed, as it is typed: `--drop Guild`. */
  readonly options: readonly string[];
}

/** What the next upgrade would make of one that was interrupted. */
export interface UnfinishedReport extends UnfinishedUpgrade {
  /** While building; left out: it would write the first row. Asked without options, it is that of the same options. */
  readonly next?: NextUpgrade;
}

/** Where the next upgrade goes on, or why it begins anew, is refused, or only deletes what was written. */
export type NextUpgrade =
  ResumeNote | { readonly kind: "is refused"; readonly reason: string } | { readonly kind: "is undone" };

/**
 * What may be done about it, each on a line.
 * @param command What brings this data to another schema: `hetu upgrade`, with the options that say where the data is.
 */
export function waysOut({ phase, direction, options }: UnfinishedUpgrade, command: string): string {
  const words = (...more: readonly string[]): string => [command, ...more.map(quotedValue)].join(" ");
  const back = direction === "down" ? ["--down"] : [];
  const lines = {
    building: [
      `  - to go on with it: ${words(...back, ...options)}`,
      direction === "up"
        ? `  - to undo it:       ${words("--down")}`
        : `  - to give up the way back, with the code that the data is of: ${words()}`,
    ],
    cleaning: [`  - the new schema holds already; to delete what only the old one needed: ${words(...back)}`],
    resetting: [`  - all data is being deleted; to delete the rest: ${words("--reset-data")}`],
  };
  return lines[phase].join("\n");
}

/** `--skip <name>` with the name as a shell takes it for one word. */
function quotedValue(option: string): string {
  const space = option.indexOf(" ");
  return space < 0 ? option : `${option.slice(0, space)} ${quotedWord(option.slice(space + 1))}`;
}

/** As a shell takes it for one word. */
export function quotedWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
