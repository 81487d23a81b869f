import type { DataProblem } from "./changes.js";
import { Findings } from "./findings.js";
import type { TablePlan } from "./table-plan.js";
import { type Converted, RowConverter } from "./row-converter.js";
import { NOT_BEGUN, type StepProgress } from "./progress.js";
import type { WantedIndex } from "./wanted.js";

export interface UpgradeProgress {
  readonly table: string;
  readonly rows: number;
  readonly total: number;
}

/** A stored row: version and packed row. */
export interface StoredRow {
  readonly id: bigint;
  readonly bytes: Uint8Array;
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
  /** Rows as they were before the last upgrade, as far as they were kept; in the order of the ids. */
  kept?(ids: readonly bigint[]): Promise<readonly (Uint8Array | undefined)[]> | readonly (Uint8Array | undefined)[];
  /**
   * @param found takes rows that would share a key of a unique index.
   * @param progress how far the table is with these rows; call it when `found` has what it takes of them.
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
  onProgress?: (progress: UpgradeProgress) => void,
  before: StepProgress = NOT_BEGUN,
): Promise<Carried> {
  const { plan, indexes, total } = carrying;
  const findings = new Findings(plan, before.findings);
  if (plan.after === undefined) return { problems: [], progress: before };
  const converter = plan.isRewrite ? new RowConverter(plan, now) : undefined;
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
  for await (const batch of carrying.batches(last === undefined ? undefined : BigInt(last))) {
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
    count += batch.length;
    written += carried.length;
    last = batch.at(-1)?.id.toString() ?? last;
    await carrying.write(carried, findings, progress);
    onProgress?.({ table: plan.name, rows: Math.min(count, total), total });
  }
  return { problems: findings.problems, progress: progress() };
}

/**
 * Looks through the rows without writing any. Keys of unique indexes are kept in memory meanwhile, about a hundred
 * bytes each.
 */
export function lookOnly(carrying: Omit<Carrying, "write">): Carrying {
  const seen = carrying.indexes.map(() => new Map<string, bigint>());
  return {
    ...carrying,
    write(rows, found) {
      for (const [i, index] of carrying.indexes.entries()) {
        if (!index.unique) continue;
        const ids = seen[i] as Map<string, bigint>;
        for (const { id, keys } of rows) {
          const text = Buffer.from(keys[i] as Uint8Array).toString("latin1");
          const other = ids.get(text);
          if (other === undefined) ids.set(text, id);
          else if (other !== id) found.duplicate(index.name, [other, id]);
        }
      }
    },
  };
}
