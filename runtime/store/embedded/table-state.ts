import type { Row } from "../../codegen/row.js";
import type { ComponentCodec, IndexCodec } from "../../schema/component.js";
import type { Table } from "../contract.js";
import { Cache, type CacheMemory } from "./cache.js";
import { indexEntryKey, spaceKey } from "./key-space.js";
import { IndexOverlay, type Pending, type PendingKey } from "./overlay.js";

/** The newest state of one row. */
export interface RowEntry extends Pending {
  readonly table: TableState;
  readonly id: bigint;
  /** `undefined`: deleted. Nobody writes to it. */
  row: Row | undefined;
  /** Length of the row in the journal. */
  size: number;
}

/** The newest state of one key of an index. */
export interface KeyEntry extends PendingKey {
  readonly index: IndexState;
  /** The whole key as LMDB has it. */
  readonly bytes: Uint8Array;
  /** Of the row that has the key, or had it last. */
  id: bigint;
  /** Whether a row has the key. */
  present: boolean;
}

/** One index of one table. `position` is that of the newest commit that changed which rows have which keys. */
export class IndexState {
  readonly overlay = new IndexOverlay<KeyEntry>();
  /** Ids by key (see `keyText`), of unique indexes, as LMDB has them. */
  readonly ids: Cache<string, bigint>;
  position: number;

  /**
   * @param space Number of the index's keys in LMDB; that of the table for the index on `id`, whose keys are the rows'.
   * @param primary Whether this is the index on `id`.
   */
  constructor(
    readonly codec: IndexCodec,
    readonly space: number,
    readonly primary: boolean,
    position: number,
    memory: CacheMemory,
  ) {
    this.position = position;
    this.ids = new Cache(memory);
  }

  /** The key in LMDB of a row with this index key; in the index on `id` that of the row itself. */
  entryKey(key: Uint8Array, id: bigint): Buffer {
    return this.codec.unique ? spaceKey(this.space, key) : indexEntryKey(this.space, key, id);
  }
}

/** One physical table of the embedded store. */
export class TableState implements Table {
  readonly overlay = new Map<bigint, RowEntry>();
  /** Rows as LMDB has them. Nobody writes to them. */
  readonly rows: Cache<bigint, Row>;
  /** Of the newest commit that changed a row. */
  position: number;

  constructor(
    readonly name: string,
    readonly codec: ComponentCodec,
    readonly ordinal: number,
    readonly space: number,
    readonly indexes: readonly IndexState[],
    position: number,
    memory: CacheMemory,
  ) {
    this.position = position;
    this.rows = new Cache(memory);
  }
}
