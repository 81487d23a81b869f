import type { ComponentCodec } from "../schema/component.js";
import type { RowChange, Table } from "../store/contract.js";
import type { QuerySpec } from "./scan.js";
import { convertRow, type RowView } from "./row-view.js";

/** What leads from the rows of one codec to those of another, when both mean the same. */
export class RowConverter {
  readonly #from: ComponentCodec;
  readonly #to: ComponentCodec;
  /** Windows share views, also afterwards. */
  readonly #views = new Map<RowView, RowView>();

  constructor(from: ComponentCodec, to: ComponentCodec) {
    this.#from = from;
    this.#to = to;
  }

  view(known: RowView): RowView {
    if (this.#from === this.#to) return known;
    let view = this.#views.get(known);
    if (view === undefined) this.#views.set(known, (view = known.under(this.#to)));
    return view;
  }

  /** @param table the one whose codec this leads to. */
  change({ id, before, after }: RowChange, table: Table): RowChange {
    if (this.#from === this.#to) return { table, id, before, after };
    return {
      table,
      id,
      before: before && convertRow(this.#from, this.#to, before),
      after: after && convertRow(this.#from, this.#to, after),
    };
  }
}

/**
 * What leads from rows of one codec to those of another; `undefined` unless they are stored, sent and permitted in the
 * same way.
 */
export function converter(from: ComponentCodec, to: ComponentCodec): RowConverter | undefined {
  return from === to || layoutOf(from) === layoutOf(to) ? new RowConverter(from, to) : undefined;
}

/** The same query over another schema's table; `undefined` when that has no such index, or one with other keys. */
export function querySpecOn(
  table: Table,
  { table: known, index, interval, limit, desc }: QuerySpec,
): QuerySpec | undefined {
  const { codec } = table;
  const wanted = known.codec.indexes[index];
  const at = codec.indexes.findIndex((one) => one.name === wanted?.name);
  const keys = (of: ComponentCodec): string =>
    JSON.stringify((wanted?.columns ?? []).map((name) => columnType(of, name)));
  return at < 0 || keys(codec) !== keys(known.codec) ? undefined : { table, index: at, interval, limit, desc };
}

/** Integers of an enum are what keys are made of. */
function columnType(codec: ComponentCodec, name: string): string | undefined {
  const column = codec.columns.find((one) => one.name === name);
  return column?.enum?.base ?? column?.type;
}

function layoutOf({ columns, indexes, readers, rules }: ComponentCodec): string {
  return JSON.stringify([
    columns.map(({ name, type, visibility, enum: values }) => [name, type, visibility, values?.base, values?.values]),
    indexes.map(({ name, columns: parts, unique }) => [name, parts, unique]),
    readers,
    rules.map(({ column, operator, context }) => [column, operator, context]),
  ]);
}
