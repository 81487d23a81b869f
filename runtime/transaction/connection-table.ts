import { connectionCodec, type ConnectionRow } from "../core/connection.js";
import { kickCodec, type KickRow } from "../core/kick.js";
import type { MaybePromise, ReadSet, Store, StoreSet, Table } from "../store/contract.js";
import { alone } from "./alone.js";
import type { Attempt } from "./attempt.js";
import type { TableView } from "./table-view.js";
import { TablePlan } from "./table-plan.js";

const NOTHING_READ: ReadSet = { rows: [], keys: [], ranges: [], operations: 0 };

/** One store's tables of connections and kicks. */
export class ConnectionTable {
  readonly #connections: TablePlan;
  readonly #kicks: TablePlan;

  /** @param number Its place in the instance; 0 is the home. */
  constructor(
    readonly store: Store,
    readonly number: number,
  ) {
    this.#connections = new TablePlan(store.table(connectionCodec.name));
    this.#kicks = new TablePlan(store.table(kickCodec.name));
  }

  static all(stores: StoreSet): ConnectionTable[] {
    return stores.all.map((store, number) => new ConnectionTable(store, number));
  }

  connections(attempt: Attempt): TableView {
    return attempt.view(this.#connections);
  }

  kicks(attempt: Attempt): TableView {
    return attempt.view(this.#kicks);
  }

  /** Adds a row with a new id. */
  async insert(row: ConnectionRow): Promise<void> {
    const { table } = this.#connections;
    await this.store.commit(NOTHING_READ, [{ table, id: row.id, before: undefined, after: row }]);
  }

  /** The row of a connection as it is now, outside of any transaction. */
  get(connection: bigint): MaybePromise<ConnectionRow | undefined> {
    return this.store.get<ConnectionRow>(this.#connections.table as Table<ConnectionRow>, connection);
  }

  /** Likewise of kicks of a user. */
  kickOf(user: bigint): MaybePromise<KickRow | undefined> {
    return this.store.get<KickRow>(this.#kicks.table as Table<KickRow>, user);
  }

  /**
   * Runs a transaction of its own until it meets no conflict.
   * @param change Its result is that of the run that was committed.
   * @param message For other processes; asked for after each run.
   * @returns the position of the commit, too; 0 when nothing was read or written.
   */
  alone<T>(
    change: (attempt: Attempt) => Promise<T>,
    message?: (result: T) => Uint8Array | undefined,
  ): Promise<{ readonly result: T; readonly position: number }> {
    return alone(this.store, "core.connections", change, message);
  }
}
