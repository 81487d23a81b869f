import type { Carrying } from "../migration/carry.js";
import type { StoredRow } from "../migration/stored-row.js";
import type { StepProgress } from "../migration/progress.js";
import { mayCollide, type TablePlan } from "../migration/table-plan.js";
import { storedTable } from "../migration/stored-after.js";
import type { WantedIndex } from "../migration/wanted.js";
import type { StoredSchema, StoredTable } from "../schema/stored-schema.js";
import { ByteWriter } from "../../codegen/byte-writer.js";
import { readId } from "../id-bytes.js";
import { indexEntryKey, readStoredId, rowKey, SPACE_BYTES, spaceEnd, spaceKey } from "./key-space.js";
import { type Lmdb, writeNow } from "./lmdb.js";

/** Rows that are read and written at once: a transaction of LMDB's. */
const ROWS = 1000;
const NO_VALUE = new Uint8Array(0);

/** What has to be written for one table. */
export interface EmbeddedStep {
  readonly plan: TablePlan;
  /** `undefined`: it goes. */
  readonly after: StoredTable | undefined;
  /** Indexes whose keys are written. */
  readonly built: readonly WantedIndex[];
}

/** @param newSpace gives a number that nothing has used. */
export function stepFor(plan: TablePlan, newSpace: () => number): EmbeddedStep {
  const { before, after, isRewrite, isCleared, indexes } = plan;
  if (after === undefined) return { plan, after: undefined, built: [] };
  if (before === undefined && after.kept !== undefined) return { plan, after: after.kept, built: [] };
  const isNew = before === undefined || isCleared || isRewrite;
  const space = isNew ? newSpace() : before.table.space;
  const built: WantedIndex[] = [];
  const made = storedTable(after, space, (index) => {
    const from = indexes.find((each) => each.index === index)?.from;
    // Unique keys lead to ids, others have them in them.
    if (!isNew && from?.unique === index.unique) return from.space;
    built.push(index);
    return newSpace();
  });
  return { plan, after: made, built: before === undefined || isCleared ? [] : built };
}

/** Whether rows have to be read for it. */
export function readsRows({ plan, built }: EmbeddedStep): boolean {
  return plan.before !== undefined && !plan.isCleared && (plan.isRewrite || built.length > 0);
}

/**
 * The rows of a table on their way into the spaces of a step.
 * @param stored of the namespace, before the upgrade.
 * @param note is called with each batch, in its transaction: how far the table is.
 */
export function carryingOf(
  lmdb: Lmdb,
  { plan, after, built }: EmbeddedStep,
  stored: StoredSchema,
  total: number,
  note: (progress: StepProgress) => void = () => undefined,
): Carrying {
  const from = plan.before?.table.space ?? 0;
  const kept = plan.after?.kept?.space;
  const checked = new Set(built.filter((index) => mayCollide(plan, index)));
  return {
    plan,
    indexes: built,
    total,
    old: {
      tables: stored.tables,
      get: (table, id) => lmdb.getBinary(rowKey(stored.tables[table]?.space ?? 0, id)),
      batches: (table) => rowsOf(lmdb, stored.tables[table]?.space ?? 0, undefined),
    },
    batches: (last) => rowsOf(lmdb, from, last),
    ...(kept === undefined ? {} : { kept: (ids) => ids.map((id) => lmdb.getBinary(rowKey(kept, id))) }),
    write(rows, found, progress) {
      writeNow(lmdb, () => {
        for (const { id, bytes, keys } of rows) {
          if (plan.isRewrite) void lmdb.put(rowKey(after?.space ?? 0, id), bytes);
          for (const [i, index] of built.entries()) {
            const space = after?.indexes[index.name]?.space ?? 0;
            const other = writeKey(lmdb, { index, space, key: keys[i] as Uint8Array, id }, checked.has(index));
            if (other !== undefined) found.duplicate(index.name, [other, id]);
          }
        }
        note(progress());
      });
    },
  };
}

/** @returns the row that had the key, when it is to be looked for. */
function writeKey(
  lmdb: Lmdb,
  { index, space, key, id }: { index: WantedIndex; space: number; key: Uint8Array; id: bigint },
  isChecked: boolean,
): bigint | undefined {
  if (!index.unique) {
    void lmdb.put(indexEntryKey(space, key, id), NO_VALUE);
    return undefined;
  }
  const entry = spaceKey(space, key);
  const other = isChecked ? lmdb.getBinary(entry) : undefined;
  idWriter.reset();
  idWriter.i64(id);
  void lmdb.put(entry, idWriter.finish());
  return other === undefined ? undefined : readStoredId(other);
}

const idWriter = new ByteWriter();

function* rowsOf(lmdb: Lmdb, space: number, after: bigint | undefined): Iterable<readonly StoredRow[]> {
  let start = after === undefined ? spaceStart(space) : rowKey(space, after);
  for (let exclusiveStart = after !== undefined; ; exclusiveStart = true) {
    const range = lmdb.getRange({ start, end: spaceEnd(space), limit: ROWS, exclusiveStart });
    const entries = [...range];
    const last = entries.at(-1);
    if (last === undefined) return;
    yield entries.map(({ key, value }) => ({ id: readId(key, SPACE_BYTES), bytes: value }));
    start = Buffer.from(last.key);
  }
}

export function countRows(lmdb: Lmdb, space: number): number {
  return lmdb.getKeysCount({ start: spaceStart(space), end: spaceEnd(space) });
}

/** Bytes of the keys and values of a space; the database takes somewhat more for them. */
export function bytesOf(lmdb: Lmdb, space: number): number {
  let bytes = 0;
  for (const { key, value } of lmdb.getRange({ start: spaceStart(space), end: spaceEnd(space) })) {
    bytes += key.length + value.length;
  }
  return bytes;
}

/** Deletes all that is in a space, some at a time: what is left when the process dies is deleted by the next one. */
export function emptySpace(lmdb: Lmdb, space: number): void {
  for (;;) {
    const keys = [...lmdb.getKeys({ start: spaceStart(space), end: spaceEnd(space), limit: ROWS * 5 })];
    if (keys.length === 0) return;
    writeNow(lmdb, () => {
      for (const key of keys) void lmdb.remove(key);
    });
  }
}

function spaceStart(space: number): Buffer {
  return spaceKey(space, NO_VALUE);
}
