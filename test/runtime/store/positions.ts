import type { CommitResult, RangeScan, ReadSet, RowChange, Store, Table } from "../../../runtime/store/contract.js";
import { prefixSuccessor } from "../../../runtime/codegen/key-writer.js";
import type { Position } from "../../fixtures/world/generated/server-ts/world/index.js";

export const NO_READS: ReadSet = { rows: [], keys: [], ranges: [], operations: 0 };

/** What came from more than one question, so that a commit has to look whether it still holds. */
export function readsOf(reads: Partial<ReadSet>): ReadSet {
  return { ...NO_READS, operations: 2, ...reads };
}

/** Shorthands on table `Position`. */
export class Positions {
  readonly table: Table<Position>;

  constructor(readonly store: Store) {
    this.table = store.table("Position") as Table<Position>;
  }

  get(id: bigint): Promise<Position | undefined> {
    return Promise.resolve(this.store.get(this.table, id));
  }

  byOwner(owner: bigint): Promise<Position | undefined> {
    const { index, key } = this.absent(owner);
    return Promise.resolve(this.store.lookup(this.table, index, key));
  }

  absent(owner: bigint): ReadSet["keys"][number] {
    const index = this.#index("owner");
    const key = this.table.codec.indexes[index]?.prefix([owner]) ?? new Uint8Array(0);
    return { table: this.table, index, key, position: this.store.position };
  }

  scan(
    name: string,
    left?: readonly unknown[],
    right?: readonly unknown[],
    options: { readonly limit?: number; readonly desc?: boolean } = {},
  ): RangeScan<Position> {
    const index = this.#index(name);
    const codec = this.table.codec.indexes[index];
    const lower = codec?.prefix(left ?? []) ?? new Uint8Array(0);
    const upper = right === undefined ? undefined : prefixSuccessor(codec?.prefix(right) ?? lower);
    return { table: this.table, index, lower, upper, limit: options.limit ?? Infinity, desc: options.desc ?? false };
  }

  async owners(...scan: Parameters<Positions["scan"]>): Promise<bigint[]> {
    return (await this.store.range(this.scan(...scan))).map(({ owner }) => owner);
  }

  inserted(values: Position.Insert): RowChange {
    const after = this.table.codec.create(this.store.nextId(), { ...values }, 0, false);
    return { table: this.table, id: after.id, before: undefined, after };
  }

  async changed(id: bigint, values: Position.Patch): Promise<RowChange> {
    const before = (await this.get(id)) as Position;
    const after = this.table.codec.clone(before);
    this.table.codec.assign(after, { ...values });
    return { table: this.table, id, before, after };
  }

  commit(changes: readonly RowChange[]): Promise<CommitResult> {
    return Promise.resolve(this.store.commit(NO_READS, changes));
  }

  async insert(values: Position.Insert): Promise<bigint> {
    const change = this.inserted(values);
    await this.commit([change]);
    return change.id;
  }

  async change(id: bigint, values: Position.Patch): Promise<void> {
    await this.commit([await this.changed(id, values)]);
  }

  async remove(id: bigint): Promise<void> {
    await this.commit([{ table: this.table, id, before: await this.get(id), after: undefined }]);
  }

  #index(name: string): number {
    return this.table.codec.indexes.findIndex((index) => index.name === name);
  }
}
