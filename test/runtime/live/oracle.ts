import type { WireRow } from "../../../runtime/wire/server-frames.js";
import {
  type Context,
  type End,
  INDEXES,
  type RandomQuery,
  type RandomWrite,
  type Step,
  type TableName,
} from "./random-steps.js";
import type { Values, Write } from "./live-world.js";

type ModelRow = Readonly<Record<string, number | string>> & { readonly id: number };

type State = Map<TableName, Map<bigint, ModelRow>>;

/** What the schema says about who sees what, and plain rows to ask; written without a look at the engine. */
export class Oracle {
  #tables: State;
  /** What it was like at positions of a store, in order. */
  readonly #past: { readonly position: number; readonly oracle: Oracle; undone: boolean }[] = [];

  constructor(tables: State = new Map()) {
    this.#tables = tables;
  }

  /** Remembers what it is like as the state at a position. */
  remember(position: number): void {
    this.#past.push({ position, oracle: new Oracle(copyOf(this.#tables)), undone: false });
  }

  /** What it was like at a position: a change of nothing else must be asked of it. */
  at(position: number): Oracle {
    return this.#past.findLast((one) => one.position <= position)?.oracle ?? new Oracle();
  }

  /** Forgets all that was behind a position, but remembers what it was like. */
  rewind(position: number): void {
    const state = this.#past.findLast((one) => one.position <= position && !one.undone)?.oracle ?? new Oracle();
    this.#tables = copyOf(state.#tables);
    for (const one of this.#past) one.undone ||= one.position > position;
  }

  /** Turns a random write into one that the store takes, or nothing when there is no row to erase or a unique index would break. */
  write({ table, id, erase, values }: RandomWrite): Write | undefined {
    const rows = this.#rows(table);
    const old = rows.get(id);
    if (erase) return rows.delete(id) ? ["delete", table, id] : undefined;
    const row: ModelRow = { ...DEFAULTS[table], ...old, id: Number(id), ...columnsOf(table, Number(id), values) };
    if (table === "Profile" && [...rows.values()].some((one) => one.id !== row.id && one["owner"] === row["owner"]))
      return;
    rows.set(id, row);
    return [old === undefined ? "insert" : "update", table, id, storeValues(row)];
  }

  /** Erases the first rows of an index, in one transaction. */
  drain({ table, index, desc, count }: Extract<Step, { do: "drain" }>): Write[] {
    const columns = [...(INDEXES[table][index] ?? []), "id"];
    const rows = [...this.#rows(table).values()].sort((a, b) => compareRows(a, b, columns));
    if (desc) rows.reverse();
    return rows.slice(0, count).map((row): Write => {
      this.#rows(table).delete(BigInt(row.id));
      return ["delete", table, BigInt(row.id)];
    });
  }

  mayRead(table: TableName, { caller, admin }: Context): boolean {
    return admin || caller !== undefined || table === "Profile";
  }

  /** The rows of a query as its reader gets them, in order. */
  select(query: RandomQuery, context: Context): WireRow[] {
    const { table, columns, left, right, limit, desc } = query;
    const to = right ?? left;
    const rows = [...this.#rows(table).values()]
      .filter((row) => sees(table, row, context))
      .filter((row) => left === undefined || compare(row, columns, left) >= (left.exclusive ? 1 : 0))
      .filter((row) => to === undefined || compare(row, columns, to) <= (to.exclusive ? -1 : 0))
      .sort((a, b) => compareRows(a, b, [...columns, "id"]));
    if (desc) rows.reverse();
    return rows.slice(0, limit).map((row) => formOf(table, row, context));
  }

  row(table: TableName, id: number, context: Context): WireRow | undefined {
    const row = this.#rows(table).get(BigInt(id));
    return row !== undefined && sees(table, row, context) ? formOf(table, row, context) : undefined;
  }

  #rows(table: TableName): Map<bigint, ModelRow> {
    let rows = this.#tables.get(table);
    if (rows === undefined) this.#tables.set(table, (rows = new Map<bigint, ModelRow>()));
    return rows;
  }
}

const DEFAULTS: Readonly<Record<TableName, Values>> = {
  Position: { zone: 0, x: 0, y: 0 },
  Inventory: { owner: 0, count: 1, source: "" },
  Profile: { name: "", secret: "" },
  Notice: { guild: 0, text: "" },
};

/** The columns of one table out of random values; unique columns follow the id, `Profile.owner` the values. */
function columnsOf(table: TableName, id: number, values: RandomWrite["values"]): Record<string, number | string> {
  const { owner, x, y, zone, count, guild, note } = values;
  const given = (columns: Record<string, number | string | undefined>): Record<string, number | string> =>
    Object.fromEntries(
      Object.entries(columns).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
  switch (table) {
    case "Position":
      return given({ owner: id, x, y, zone });
    case "Inventory":
      return given({ owner, item: id, count, source: note === undefined ? undefined : `from ${note}` });
    case "Profile":
      return given({
        owner: owner ?? id,
        name: y === undefined ? undefined : `n${y}`,
        secret: note === undefined ? undefined : `s${note}`,
      });
    case "Notice":
      return given({ guild, text: note === undefined ? undefined : `t${note}` });
  }
}

function storeValues({ id: _, ...row }: ModelRow): Values {
  const wide = new Set(["owner", "guild"]);
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, wide.has(name) ? BigInt(value) : value]));
}

function sees(table: TableName, row: ModelRow, { caller, admin, guild }: Context): boolean {
  if (admin || table === "Profile") return true;
  if (caller === undefined) return false;
  if (table === "Inventory") return row["owner"] === Number(caller);
  return table === "Position" || (guild !== undefined && row["guild"] === Number(guild));
}

function formOf(table: TableName, row: ModelRow, { caller, admin }: Context): WireRow {
  if (admin) return row;
  const { source, secret, ...rest } = row;
  void source;
  return table === "Profile" && caller !== undefined && row["owner"] === Number(caller) ? { ...rest, secret } : rest;
}

function compare(row: ModelRow, columns: readonly string[], { values }: NonNullable<End>): number {
  for (const [at, value] of values.entries()) {
    const order = Number(row[columns[at] as string]) - value;
    if (order !== 0) return Math.sign(order);
  }
  return 0;
}

function compareRows(a: ModelRow, b: ModelRow, columns: readonly string[]): number {
  for (const column of columns) {
    const order = Number(a[column]) - Number(b[column]);
    if (order !== 0) return order;
  }
  return 0;
}

function copyOf(state: State): State {
  return new Map(Array.from(state, ([table, rows]) => [table, new Map(rows)]));
}
