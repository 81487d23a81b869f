/** Told when a row is about to change for the first time; implemented by the transaction. */
export interface RowTracker {
  /**
   * Called before the first assignment takes place, so that the old values can still be copied.
   * @throws TransactionClosedError when the row's transaction has ended.
   */
  beforeChange(row: Row): void;
}

/**
 * Base of every generated row class. A row that user code gets is tracked: assigning to a column is enough to have it
 * written at commit. Members start with `$`, which no schema name does.
 */
export abstract class Row {
  readonly id: bigint;
  /** Position of the commit that wrote it; 0: not stored yet. Set by the store. */
  $version: number;
  /** Set while the next assignment must be reported; cleared by the transaction. */
  $tracker: RowTracker | undefined = undefined;

  constructor(id: bigint, version: number) {
    this.id = id;
    this.$version = version;
  }

  /** The row as a plain object, for logs, spreads and comparisons. */
  abstract toObject(): Record<string, unknown>;

  /** 64-bit integers become decimal strings, bytes base64. */
  toJSON(): Record<string, unknown> {
    const plain = this.toObject();
    for (const [name, value] of Object.entries(plain)) {
      if (typeof value === "bigint") plain[name] = value.toString();
      else if (value instanceof Uint8Array) plain[name] = Buffer.from(value).toString("base64");
    }
    return plain;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): unknown {
    return this.toObject();
  }
}

/** What an insert or a patch gives: the entries of a plain object, or the columns of another row. */
export function entries(values: Readonly<Record<string, unknown>>): [string, unknown][] {
  if (!(values instanceof Row)) return Object.entries(values);
  return Object.entries(values.toObject()).filter(([name]) => name !== "id");
}
