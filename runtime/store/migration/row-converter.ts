import { ByteWriter } from "../../codegen/byte-writer.js";
import { VERSION_BYTES } from "../row-bytes.js";
import { packedOrder, type StoredColumn, type StoredTable } from "../schema/stored-schema.js";
import { clamp, convert } from "./conversion.js";
import { MigrationFailedError } from "./errors.js";
import type { MigrationContext, MigrationRow, NamedMigration } from "./migration.js";
import type { OldRowsReader } from "./old-rows.js";
import type { ColumnStep, TablePlan } from "./table-plan.js";
import { fitting, packColumn, readColumn, shown, sliceRow, type Value, zeroOf } from "./values.js";
import type { WantedColumn } from "./wanted.js";

/** A value that its column cannot have; the row has something else in its place for now. */
export interface Misfit {
  readonly step: ColumnStep;
  readonly value: Value;
}

/** What became of one row. */
export interface Converted {
  /** Version and packed row; `undefined`: a migration has deleted it. */
  readonly row: Uint8Array | undefined;
  readonly misfits: readonly Misfit[];
}

const NONE: readonly Misfit[] = [];
const DEFAULT_PATIENCE_MS = 30_000;

/** Turns the rows of one table into what a plan says, column by column; bytes that stay are not looked at. */
export class RowConverter {
  readonly #plan: TablePlan;
  readonly #from: readonly StoredColumn[];
  readonly #steps: readonly {
    readonly step: ColumnStep;
    /** Of the old column among the slices of a row. */
    readonly place: number;
    readonly fill: Uint8Array;
    /** Of the same column in a row that was kept; -1: there is none. */
    readonly kept: number;
  }[];
  readonly #kept: readonly StoredColumn[];
  readonly #keptTable: StoredTable | undefined;
  readonly #now: number;
  readonly #old: OldRowsReader;
  readonly #patience: number;
  readonly #writer = new ByteWriter();

  /**
   * @param now the time of the upgrade, in milliseconds since 1970 UTC.
   * @param old what migrations may read.
   * @param patience milliseconds that a migration may take for a row.
   */
  constructor(plan: TablePlan, now: number, old: OldRowsReader, patience = DEFAULT_PATIENCE_MS) {
    const { before, after, steps } = plan;
    if (before === undefined || after === undefined) throw new Error(`${plan.name} has no rows to be carried over`);
    this.#plan = plan;
    this.#now = now;
    this.#old = old;
    this.#patience = patience;
    this.#from = packedOrder(before.table.columns);
    this.#keptTable = plan.direction === "down" ? after.kept : undefined;
    this.#kept = packedOrder(this.#keptTable?.columns ?? []);
    this.#steps = packedOrder(after.columns).map((column) => {
      const step = steps.find((each) => each.column === column);
      if (step === undefined) throw new Error(`the plan leaves out column ${plan.name}.${column.name}`);
      const place = step.kind === "fill" ? -1 : this.#from.findIndex(({ name }) => name === step.from.name);
      const kept = this.#kept.findIndex(({ name }) => name === column.name);
      return { step, place, kept, fill: packColumn(step.column, defaultOf(step.column, now)) };
    });
  }

  /** The table whose rows were kept at the upgrade, and are wanted by {@link convert}; on the way back only. */
  get keptTable(): StoredTable | undefined {
    return this.#keptTable;
  }

  /**
   * @param row version and packed row.
   * @param kept the row as it was before the upgrade, if it is known.
   * @throws MigrationFailedError
   */
  convert(id: bigint, row: Uint8Array, kept?: Uint8Array): Converted | Promise<Converted> {
    const slices = sliceRow(this.#from, row, VERSION_BYTES);
    const before = kept === undefined ? undefined : sliceRow(this.#kept, kept, VERSION_BYTES);
    return this.#plan.migrations.length === 0
      ? this.#write(row, slices, before)
      : this.#migrate(id, row, slices, before);
  }

  #write(row: Uint8Array, slices: readonly Uint8Array[], kept: readonly Uint8Array[] | undefined): Converted {
    let misfits: Misfit[] | undefined;
    const writer = this.#writer.reset();
    writer.raw(row.subarray(0, VERSION_BYTES));
    for (const each of this.#steps) {
      const { step, place } = each;
      const old = slices[place];
      if (step.kind === "keep") writer.raw(old as Uint8Array);
      else if (step.kind === "fill") writer.raw(kept?.[each.kept] ?? each.fill);
      else {
        const value = readColumn(step.from, old as Uint8Array);
        const before = kept?.[each.kept];
        const isBack = before !== undefined && this.#unchanged(step, value, before);
        const made = isBack ? before : this.#like(step, value);
        if (made === undefined) (misfits ??= []).push({ step, value });
        writer.raw(made ?? each.fill);
      }
    }
    return { row: writer.finish(), misfits: misfits ?? NONE };
  }

  /** @returns `undefined`: the value has no like, and nobody has said what to do. */
  #like(step: ColumnStep & { kind: "convert" }, value: Value): Uint8Array | undefined {
    const { from, column, otherwise } = step;
    const exact = convert(from, column, value);
    const made = exact === undefined && otherwise === "clamp" ? clamp(from, column, value) : exact;
    if (made !== undefined && !isOutcast(column, made)) return packColumn(column, made);
    return otherwise === "default" ? packColumn(column, defaultOf(column, this.#now)) : undefined;
  }

  /** A value that is still what the upgrade made of the old one becomes the old one again. */
  #unchanged({ from, column }: ColumnStep & { kind: "convert" }, value: Value, kept: Uint8Array): boolean {
    const old = readColumn(column, kept);
    const like = convert(column, from, old);
    if (like !== undefined) return isSame(like, value);
    if (column.stoodIn !== undefined) return isSame(readColumn(from, column.stoodIn), value);
    const near = clamp(column, from, old);
    return near !== undefined && isSame(near, value);
  }

  async #migrate(
    id: bigint,
    row: Uint8Array,
    slices: readonly Uint8Array[],
    kept: readonly Uint8Array[] | undefined,
  ): Promise<Converted> {
    const old: Record<string, Value> = { id };
    for (const [i, column] of this.#from.entries()) old[column.name] = readColumn(column, slices[i] as Uint8Array);
    let made: Readonly<Record<string, unknown>> | undefined = Object.freeze({ ...old });
    for (const migration of this.#plan.migrations) {
      made = await this.#run(migration, made as MigrationRow, this.#contextOf(id));
      if (made === undefined) return { row: undefined, misfits: NONE };
    }
    const automatic = this.#write(row, slices, kept);
    const given = new Map<string, Uint8Array>();
    const last = this.#plan.migrations.at(-1)?.name ?? "";
    for (const { step } of this.#steps) {
      const { column } = step;
      const bytes = this.#given(step, old, made, (reason) => {
        throw new MigrationFailedError(last, this.#plan.name, id, reason);
      });
      if (bytes !== undefined) given.set(column.name, bytes);
    }
    this.#refuseUnknown(made, last, id);
    const packed = this.#steps.map(({ step }) => step.column);
    const slicesMade = sliceRow(packed, automatic.row as Uint8Array, VERSION_BYTES);
    const writer = this.#writer.reset();
    writer.raw(row.subarray(0, VERSION_BYTES));
    for (const [i, { name }] of packed.entries()) writer.raw(given.get(name) ?? (slicesMade[i] as Uint8Array));
    const misfits = automatic.misfits.filter(({ step }) => !given.has(step.column.name));
    return { row: writer.finish(), misfits };
  }

  #contextOf(id: bigint): MigrationContext {
    const old = this.#old;
    return {
      id,
      table: this.#plan.name,
      now: this.#now,
      row: (table, other) => old.row(table, other),
      rows: (table) => old.rows(table),
    };
  }

  /** What a migration has said a column holds; `undefined`: it has left it as it was. */
  #given(
    step: ColumnStep,
    old: Readonly<Record<string, Value>>,
    made: Readonly<Record<string, unknown>>,
    refuse: (reason: string) => never,
  ): Uint8Array | undefined {
    const { column } = step;
    const value = made[column.name];
    const isOwn = step.kind !== "fill" && step.from.name === column.name;
    if (value !== undefined && !(isOwn && isSame(value, old[column.name]))) {
      const fits = fitting(column, value);
      if (fits !== undefined && !isOutcast(column, fits)) return packColumn(column, fits);
      return refuse(cannotBe(column, value));
    }
    // Renamed, and changed under the old name.
    if (step.kind === "fill" || isOwn) return undefined;
    const before = made[step.from.name];
    if (before === undefined || isSame(before, old[step.from.name])) return undefined;
    const fits = fitting(step.from, before);
    if (fits === undefined) {
      return refuse(cannotBe(step.from, before));
    }
    const like = step.kind === "keep" ? packColumn(column, fits) : this.#like(step, fits);
    return like ?? refuse(cannotBe(column, before));
  }

  #refuseUnknown(made: Readonly<Record<string, unknown>>, migration: string, id: bigint): void {
    for (const [name, value] of Object.entries(made)) {
      if (name === "id") {
        if (value === id) continue;
        throw new MigrationFailedError(migration, this.#plan.name, id, `the row would get another id, ${shown(value)}`);
      }
      if (this.#steps.some(({ step }) => step.column.name === name)) continue;
      if (this.#from.some((column) => column.name === name)) continue;
      const known = this.#steps.map(({ step }) => step.column.name).join(", ");
      const reason = `there is no column ${name}, neither in the schema before nor in the new one, which has ${known}`;
      throw new MigrationFailedError(migration, this.#plan.name, id, reason);
    }
  }

  /** A promise that nothing settles would end the process without a word. */
  async #inTime<T>(answer: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const reason = `it has not answered for ${this.#patience / 1000} s`;
      timer = setTimeout(() => reject(new Error(reason)), this.#patience);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #run(
    { name, up, down }: NamedMigration,
    row: MigrationRow,
    context: MigrationContext,
  ): Promise<Readonly<Record<string, unknown>> | undefined> {
    const step = this.#plan.direction === "up" ? up : (down ?? up);
    let made: unknown;
    try {
      const answer = step(row, context);
      const isPending = typeof answer === "object" && "then" in answer;
      made = isPending ? await this.#inTime(Promise.resolve(answer)) : answer;
    } catch (error) {
      const reason = error instanceof Error ? stackOf(error) : String(error);
      throw new MigrationFailedError(name, context.table, context.id, reason, error);
    }
    if (made === undefined || (typeof made === "object" && made !== null && !Array.isArray(made))) {
      return made as Readonly<Record<string, unknown>> | undefined;
    }
    const reason = `it returned ${shownByCode(made)}; return the row as an object, or undefined to delete it`;
    throw new MigrationFailedError(name, context.table, context.id, reason);
  }
}

/** Without the calls that lead to the migration. */
function stackOf({ stack, message }: Error): string {
  const lines = (stack ?? message).split("\n");
  const own = lines.findIndex((line) => /^\s+at .*\brow-converter\.[jt]s\b/.test(line));
  return (own < 0 ? lines : lines.slice(0, own)).join("\n");
}

/** What a column gets that has no value. */
export function defaultOf(column: WantedColumn, now: number): Value {
  if (column.storage === "timestamp" && column.default === "now") return now;
  return column.default ?? zeroOf(column);
}

/** Why a migration may not give a column this value. */
function cannotBe({ name, type, storage }: StoredColumn, value: unknown): string {
  const isWide = storage === "i64" || storage === "u64";
  const hint =
    isWide && typeof value === "number"
      ? "; 64-bit integers are bigint, like 3n"
      : !isWide && typeof value === "bigint"
        ? "; only 64-bit integers are bigint: write it as a number"
        : "";
  return `column ${name} of type ${type} cannot be ${shownByCode(value)}${hint}`;
}

/** A value as code has it. */
function shownByCode(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" && !(value instanceof Uint8Array) ? "an object" : shown(value);
}

/** NaN has no place in an index. */
function isOutcast({ isIndexed }: WantedColumn, value: Value): boolean {
  return isIndexed && typeof value === "number" && Number.isNaN(value);
}

function isSame(a: unknown, b: unknown): boolean {
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0;
  return Object.is(a, b);
}
