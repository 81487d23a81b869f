import type { DataProblem } from "./changes.js";
import { Findings } from "./findings.js";
import type { StoredRow } from "./stored-row.js";
import { SeenKeys } from "./seen-keys.js";
import { mayCollide, type TablePlan } from "./table-plan.js";
import { type Converted, RowConverter } from "./row-converter.js";
import { type OldRows, OldRowsReader } from "./old-rows.js";
import { NOT_BEGUN, type StepProgress } from "./progress.js";
import type { WantedIndex } from "./wanted.js";

export interface UpgradeProgress {
  readonly table: string;
  readonly rows: number;
  readonly total: number;
}

export interface CarryOptions {
  readonly onProgress?: ((progress: UpgradeProgress) => void) | undefined;
  /** Milliseconds that a migration may take for a row; left out: a default. */
  readonly patience?: number | undefined;
}

/** A row as it goes into the new tables. */
export interface CarriedRow extends StoredRow {
  /** Under the indexes of the {@link Carrying}, in their order. */
  readonly keys: readonly Uint8Array[];
}

/** The rows of one table and where they go; the stores' part of it. */
export interface Carrying {
  readonly plan: TablePlan;
  /** Those to be filled, or looked at. */
  readonly indexes: readonly WantedIndex[];
  readonly total: number;
  /** All rows, some at a time, in the order of their ids. @param after leaves out those up to this one. */
  batches(after: bigint | undefined): AsyncIterable<readonly StoredRow[]> | Iterable<readonly StoredRow[]>;
  /** What migrations may read. */
  readonly old: OldRows;
  /** Rows as they were before the last upgrade, as far as they were kept; in the order of the ids. */
  kept?(ids: readonly bigint[]): Promise<readonly (Uint8Array | undefined)[]> | readonly (Uint8Array | undefined)[];
  /**
   * The next rows are read and converted meanwhile, and written when these are.
   * @param found takes rows that would share a key of a unique index.
   * @param progress how far the table is with these rows; call it before anything is waited for, and when `found` has
   * what it takes of them.
   */
  write(rows: readonly CarriedRow[], found: Findings, progress: () => StepProgress): Promise<void> | void;
}

/** What became of the rows of one table. */
export interface Carried {
  readonly problems: readonly DataProblem[];
  readonly progress: StepProgress;
}

/**
 * Takes all rows of a table through its plan.
 * @param now the time of the upgrade, in milliseconds since 1970 UTC.
 * @param before how far an upgrade came that was interrupted: the rest is taken.
 * @throws MigrationFailedError
 */
export async function carry(
  carrying: Carrying,
  now: number,
  { onProgress, patience }: CarryOptions = {},
  before: StepProgress = NOT_BEGUN,
): Promise<Carried> {
  const { plan, indexes, total } = carrying;
  const findings = new Findings(plan, before.findings);
  if (plan.after === undefined) return { problems: [], progress: before };
  const converter = plan.isRewrite ? new RowConverter(plan, now, new OldRowsReader(carrying.old), patience) : undefined;
  const keysOf = plan.after.keys(indexes);
  let { rows: count, written, last } = before;
  const progress = (): StepProgress => {
    const { state } = findings;
    return {
      rows: count,
      written,
      ...(last === undefined ? {} : { last }),
      ...(state === undefined ? {} : { findings: state }),
    };
  };
  const take = async (batch: readonly StoredRow[]): Promise<CarriedRow[]> => {
    const kept = converter?.keptTable === undefined ? undefined : await carrying.kept?.(batch.map(({ id }) => id));
    const carried: CarriedRow[] = [];
    for (const [i, { id, bytes }] of batch.entries()) {
      let made: Converted = { row: bytes, misfits: [] };
      if (converter !== undefined) {
        const converted = converter.convert(id, bytes, kept?.[i]);
        made = converted instanceof Promise ? await converted : converted;
      }
      for (const misfit of made.misfits) findings.misfit(id, misfit);
      if (made.row !== undefined) carried.push({ id, bytes: made.row, keys: keysOf(id, made.row) });
    }
    return carried;
  };
  let writing: Promise<void> | undefined;
  try {
    for await (const batch of carrying.batches(last === undefined ? undefined : BigInt(last))) {
      const carried = await take(batch);
      await writing;
      count += batch.length;
      written += carried.length;
      last = batch.at(-1)?.id.toString() ?? last;
      writing = carrying.write(carried, findings, progress) ?? nextTurn();
      writing.catch(() => undefined);
      onProgress?.({ table: plan.name, rows: Math.min(count, total), total });
    }
    await writing;
  } finally {
    await writing?.catch(() => undefined);
  }
  return { problems: findings.problems, progress: progress() };
}

/** Where all is done at once, timers and signals still have their turn. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Looks through the rows without writing any. Of keys that may collide it keeps hashes in memory meanwhile. */
export function lookOnly(carrying: Omit<Carrying, "write">): Carrying {
  const checked = carrying.indexes.filter((index) => mayCollide(carrying.plan, index));
  const seen = checked.map(() => new SeenKeys());
  return {
    ...carrying,
    indexes: checked,
    write(rows, found) {
      for (const [i, index] of checked.entries()) {
        for (const { id, keys } of rows) {
          const other = seen[i]?.add(keys[i] as Uint8Array, id);
          if (other !== undefined) found.duplicate(index.name, [other, id]);
        }
      }
    },
  };
}
