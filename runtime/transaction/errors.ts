/** A unique index already has a row with these values. */
export class UniqueViolationError extends Error {
  override readonly name = "UniqueViolationError";
  readonly code = "UNIQUE_VIOLATION";

  /**
   * @param index Its columns as properties, joined by `,`.
   * @param value The values by property.
   */
  constructor(
    readonly component: string,
    readonly index: string,
    readonly value: Readonly<Record<string, unknown>>,
  ) {
    super(`${component} has a row with ${describeKey(value)} already, and ${index} is unique`);
  }
}

/** The ranges of a transaction have more rows than its store validates; nothing can be committed after it. */
export class TransactionTooLargeError extends Error {
  override readonly name = "TransactionTooLargeError";
  readonly code = "TRANSACTION_TOO_LARGE";

  /**
   * @param table The one whose range was too much.
   * @param index Its columns as properties, joined by `,`.
   * @param count Rows that all ranges of the transaction had together, as far as they were read.
   */
  constructor(
    readonly system: string,
    readonly table: string,
    readonly index: string,
    readonly count: number,
    readonly limit: number,
  ) {
    super(
      `${system}: the ranges of one transaction may have ${limit} rows together on a store that several processes share, ` +
        `and ${table}.range("${index}") brought them to ${count} or more; give it a limit or closer bounds, or read page ` +
        "by page: an endpoint that calls a system for each page has a transaction for each",
    );
  }
}

/** There is no row to update, or the row object was deleted. */
export class RowNotFoundError extends Error {
  override readonly name = "RowNotFoundError";
  readonly code = "ROW_NOT_FOUND";

  constructor(
    readonly component: string,
    readonly key: Readonly<Record<string, unknown>>,
  ) {
    super(`${component} has no row with ${describeKey(key)}`);
  }
}

/** A row or a context was used after its transaction had ended: something in the system was not awaited. */
export class TransactionClosedError extends Error {
  override readonly name = "TransactionClosedError";
  readonly code = "TRANSACTION_CLOSED";

  constructor(
    readonly system: string,
    reason: string,
  ) {
    super(`${system}: ${reason}; await every store operation and call before the system returns`);
  }
}

/** An operation was still running, or had failed unseen, when the system returned; nothing was committed. */
export class UnawaitedOperationError extends Error {
  override readonly name = "UnawaitedOperationError";
  readonly code = "UNAWAITED_OPERATION";

  constructor(
    readonly system: string,
    problem: string,
    cause?: unknown,
  ) {
    super(`${system} returned while ${problem}; put an await before it`, { cause });
  }
}

/** A context was asked for what its system does not declare, or for what cannot be done where it was asked. */
export class SystemUsageError extends Error {
  override readonly name = "SystemUsageError";
  readonly code = "SYSTEM_USAGE";
}

function describeKey(key: Readonly<Record<string, unknown>>): string {
  return Object.entries(key)
    .map(([name, value]) => `${name} = ${typeof value === "string" ? JSON.stringify(value) : String(value)}`)
    .join(", ");
}
