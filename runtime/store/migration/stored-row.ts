/** A stored row: version and packed row. */
export interface StoredRow {
  readonly id: bigint;
  readonly bytes: Uint8Array;
}
