/** The schema asks for constructs that this version does not run. */
export class NotYetSupportedError extends Error {
  override readonly name = "NotYetSupportedError";

  constructor(
    readonly namespace: string,
    /** Each construct and where it stands, e.g. `@every of system reap_sessions`. */
    readonly constructs: readonly string[],
  ) {
    super(
      `the schema of namespace ${namespace} uses what this version of hetu cannot run yet:\n` +
        constructs.map((construct) => `  - ${construct}`).join("\n") +
        "\ncompile the schema again (hetuc build), since the code may be that of an earlier version; or remove these from it",
    );
  }
}

/** `createServer` was given something that no server can be made of. */
export class ServerOptionsError extends Error {
  override readonly name = "ServerOptionsError";
}

/** A system `@on(start)` did not succeed; the server has not started. `cause` is what it threw, if it did. */
export class StartSystemError extends Error {
  override readonly name = "StartSystemError";

  constructor(
    readonly instance: string,
    readonly system: string,
    reason: string,
    cause?: unknown,
  ) {
    super(`instance ${instance} cannot start: ${system}, which is @on(start), ${reason}`, { cause });
  }
}

/** Calls of the old code have not ended in time, so that it cannot be exchanged; it goes on. */
export class CallsStillRunError extends Error {
  override readonly name = "CallsStillRunError";

  constructor(
    readonly instance: string,
    readonly deadlineMs: number,
  ) {
    super(
      `instance ${instance}: calls of the old code still run after ${deadlineMs} ms; the code cannot be exchanged while ` +
        "one of its calls waits for something that does not come",
    );
  }
}

/** The folder of the data cannot be read or written: the disk is full or broken, or the folder is not ours. */
export class DataFolderError extends Error {
  override readonly name = "DataFolderError";

  constructor(
    readonly path: string,
    cause: Error,
  ) {
    super(
      `the data in ${path} cannot be opened: ${cause.message}; make sure that the disk is not full, that the folder is ` +
        "there and that this user may write to it",
      { cause },
    );
  }
}
