import type { DataChange, DataProblem } from "./migration/changes.js";
import { differencesText } from "./migration/errors.js";
import { type UnfinishedUpgrade, waysOut } from "./migration/unfinished.js";

/** Another process (or this one) has the store's folder open. */
export class StoreLockedError extends Error {
  override readonly name = "StoreLockedError";

  constructor(
    readonly path: string,
    readonly owner: string,
    advice = "stop it first, or give this server another folder",
  ) {
    super(`the store in ${path} is in use by ${owner}: ${advice}`);
  }
}

/** The folder was written by a version of HeTu whose layout this one does not know. */
export class StoreFormatError extends Error {
  override readonly name = "StoreFormatError";

  constructor(
    readonly path: string,
    readonly found: number,
    readonly supported: number,
  ) {
    super(`the store in ${path} has format ${found}; this version of hetu reads format ${supported}`);
  }
}

/** The store could not write, and refuses everything since. `cause` is the first error. */
export class StoreFailedError extends Error {
  override readonly name = "StoreFailedError";

  constructor(reason: string, cause?: unknown) {
    super(`the store has failed and the process must be restarted: ${reason}`, { cause });
  }
}

/** The store was used after `close`. */
export class StoreClosedError extends Error {
  override readonly name = "StoreClosedError";

  constructor() {
    super("the store is closed");
  }
}

/** `hetu upgrade` of the folder was interrupted: its data is between two schemas. */
export class StoreUpgradeUnfinishedError extends Error {
  override readonly name = "StoreUpgradeUnfinishedError";

  constructor(readonly unfinished: UnfinishedUpgrade) {
    super(
      "the data is being brought to another schema, and that is not finished; before a server starts (with its --config, " +
        `--entry and --data, where it has them):\n${waysOut(unfinished, "hetu upgrade")}`,
    );
  }
}

/** A table that no applied schema declares. */
export class UnknownTableError extends Error {
  override readonly name = "UnknownTableError";

  constructor(readonly table: string) {
    super(`the store has no table ${table}: apply the schema that declares it first`);
  }
}

/** The new schema cannot be applied without a migration or a reset of the data; nothing was changed. */
export class SchemaChangeError extends Error {
  override readonly name = "SchemaChangeError";

  constructor(
    readonly namespace: string,
    /** All differences, as `hetu upgrade --plan` tells them. */
    readonly changes: readonly DataChange[],
    /** What `hetu upgrade` would ask for before it looks at the rows; empty: nothing. */
    readonly problems: readonly DataProblem[] = [],
    /** Rows that are in the way, as far as they were looked at. */
    readonly rows: readonly DataProblem[] = [],
  ) {
    super(
      `the data of namespace ${namespace} does not fit the new schema:\n` +
        differencesText(changes, [...problems, ...rows]) +
        "\nstop the server and run hetu upgrade --plan, which tells what can be done and changes nothing, then hetu upgrade; " +
        "or undo these changes, or reset the data",
    );
  }
}
