import { ConnectionRow } from "../core/connection.js";
import { KickRow } from "../core/kick.js";
import type { Row } from "../codegen/row.js";
import type { Store } from "../store/contract.js";
import type { Attempt, Finish } from "./attempt.js";
import { type ConnectionRecord, ConnectionTakenError } from "./connection-record.js";
import { type ConnectionState, type Login, NO_STATE, readState, writeState } from "./connection-state.js";
import type { ConnectionTable } from "./connection-table.js";
import type { Effects, Principal } from "./contract.js";
import { SystemUsageError } from "./errors.js";
import { nextEpoch } from "./old-kicks.js";
import type { SessionValues } from "./session-values.js";
import type { TableView } from "./table-view.js";

const NO_BYTES = new Uint8Array(0);

/** Connections that one transaction changes. */
const BATCH = 100;

/** A connection that has a record. */
type Recorded = Principal & { readonly connection: bigint; readonly record: ConnectionRecord };

/** What a transaction changes of what is known of its connection, once it has committed. */
interface Pending {
  readonly record: ConnectionRecord;
  readonly store: number;
  release: (() => void) | undefined;
  sequence: number | undefined;
  login: Login | undefined;
}

/**
 * The records of the connections that this process serves, where others may go on with them. Home has one of each;
 * another store has one when a transaction there has changed who the connection is, or has run a hook of it. Whatever
 * changes a record makes sure that it is still this process's: after another one has taken it, nothing here commits.
 */
export class SharedConnections {
  readonly #tables: readonly ConnectionTable[];
  readonly #byStore: ReadonlyMap<Store, ConnectionTable>;
  readonly #hooks: readonly string[];
  readonly #values: SessionValues;
  readonly #pending = new WeakMap<Attempt, Pending>();

  /**
   * @param worker Number of this process among those of the instance.
   * @param hooks Systems `@on(disconnect)`, in their order.
   */
  constructor(
    tables: readonly ConnectionTable[],
    readonly worker: number,
    hooks: readonly string[],
    values: SessionValues,
  ) {
    this.#tables = tables;
    this.#byStore = new Map(tables.map((table) => [table.store, table]));
    this.#hooks = hooks;
    this.#values = values;
  }

  /** Whether one position says how far a client has seen everything. */
  get comparable(): boolean {
    return this.#tables.length === 1;
  }

  /** Records a new connection: one write, nothing is read. */
  async opened(principal: Principal): Promise<void> {
    if (!isRecorded(principal)) return;
    const { connection, record, caller, group, session } = principal;
    const state = { ...NO_STATE, caller, group, session: this.#values.byName(session), sequence: 0, barrier: 0 };
    await this.#home.insert(
      new ConnectionRow(connection, 0, this.worker, 0, writeState(state), record.token, NO_BYTES),
    );
  }

  /** Adds to the transaction what its effects change of its connection; {@link noted} follows. */
  async change(attempt: Attempt, { elevate, session }: Effects): Promise<void> {
    const { principal } = attempt;
    if (!isRecorded(principal)) return;
    const { connection, record } = principal;
    const table = this.#tableOf(attempt);
    const pending = await this.#begin(attempt, record, table);
    const kicks = table.kicks(attempt);
    const [row, kick] = await Promise.all([
      table.connections(attempt).get({ id: connection }),
      elevate === undefined ? undefined : kicks.get({ id: elevate.user }),
    ]);
    const own = this.#own(row, principal, table);
    const before = this.#newest(own, principal);
    if (elevate !== undefined) pending.login = await this.#login(attempt, table, elevate, kick);
    const state: ConnectionState = {
      ...before,
      ...(elevate === undefined ? {} : { caller: elevate.user, group: elevate.group, login: pending.login }),
      session: session === undefined ? before.session : { ...before.session, ...this.#values.byName(session) },
      sequence: before.sequence + 1,
      ran: own === undefined ? [] : readState(own.state).ran,
    };
    const written = looksTheSame(before, state) ? state : { ...state, barrier: undefined };
    pending.sequence = state.sequence;
    await this.#write(table.connections(attempt), own, connection, written);
  }

  /** Adds to the transaction of a hook that it has run; {@link noted} follows. */
  async mark(attempt: Attempt): Promise<void> {
    const { principal } = attempt;
    if (!isRecorded(principal)) return;
    const table = this.#tableOf(attempt);
    await this.#begin(attempt, principal.record, table);
    await this.#mark(table, table.connections(attempt), principal, attempt.system);
  }

  /** The transaction is over, and its effects have been carried out. */
  noted(attempt: Attempt, finish: Finish | undefined): void {
    const pending = this.#pending.get(attempt);
    if (pending === undefined) return;
    this.#pending.delete(attempt);
    if (finish?.status === "committed") {
      const { record, store, sequence, login } = pending;
      record.stores.add(store);
      if (sequence !== undefined) record.sequence = sequence;
      if (login !== undefined) record.login = login;
    }
    pending.release?.();
  }

  /** A hook has not succeeded, and is not tried again. */
  async skip(principal: Principal, hook: string): Promise<void> {
    if (!isRecorded(principal)) return;
    await this.#home.alone((attempt) => this.#mark(this.#home, this.#home.connections(attempt), principal, hook));
  }

  /** See {@link ConnectionSharing.renew}. */
  async renew(principal: Principal, token: Uint8Array, previous: Uint8Array): Promise<void> {
    if (!isRecorded(principal)) return;
    const { record } = principal;
    record.token = token;
    record.previous = previous;
    await this.#home.alone(async (attempt) => {
      const row = this.#own(await this.#home.connections(attempt).get({ id: principal.connection }), principal);
      row.token = record.token;
      row.previous = record.previous;
    });
  }

  /** See {@link ConnectionSharing.shown}. */
  async shown(principals: readonly Principal[]): Promise<void> {
    const recorded = principals.filter(isRecorded);
    for (let at = 0; at < recorded.length; at += BATCH) {
      const batch = recorded.slice(at, at + BATCH);
      await this.#home.alone(async (attempt) => {
        const view = this.#home.connections(attempt);
        const rows = await Promise.all(batch.map(({ connection }) => view.get({ id: connection })));
        for (const [i, row] of rows.entries()) {
          if (!(row instanceof ConnectionRow) || row.worker !== this.worker) continue;
          // It may have come back since, with a token that the client has not shown yet.
          const { previous } = (batch[i] as Recorded).record;
          if (Buffer.compare(row.previous, previous) !== 0) row.previous = previous;
        }
      });
    }
  }

  /**
   * Who the connection is has been told to its client: whoever goes on with it can tell a difference again.
   * @param sequence The state that the barrier is that of.
   * @param barrier See {@link ConnectionState.barrier}.
   */
  async settle(principal: Principal, sequence: number, barrier: number): Promise<void> {
    if (!isRecorded(principal) || !this.comparable) return;
    await this.#home.alone(async (attempt) => {
      const row = this.#own(await this.#home.connections(attempt).get({ id: principal.connection }), principal);
      const state = readState(row.state);
      if (state.sequence === sequence && state.barrier === undefined) row.state = writeState({ ...state, barrier });
    });
  }

  /**
   * Nobody may take the connection any more: its hooks follow. Costs nothing where the hooks' transactions see it by
   * themselves.
   * @throws ConnectionTakenError
   */
  async ending(principal: Principal): Promise<void> {
    if (!isRecorded(principal) || this.comparable || this.#hooks.length === 0) return;
    await this.#home.alone(async (attempt) => {
      const row = this.#own(await this.#home.connections(attempt).get({ id: principal.connection }), principal);
      row.token = NO_BYTES;
      row.previous = NO_BYTES;
    });
  }

  /** All hooks of the connection have run: deletes its records, unless the last hook has. @param ran how many just ran. */
  async ended(principal: Principal, ran: number): Promise<void> {
    if (!isRecorded(principal) || (this.comparable && ran > 0)) return;
    const { connection, record } = principal;
    // Without a record at home there is no connection: the others only lie about if this process dies before.
    for (const number of [...record.stores].sort((a, b) => a - b)) {
      const table = this.#tables[number] as ConnectionTable;
      await table.alone(async (attempt) => {
        const view = table.connections(attempt);
        const row = await view.get({ id: connection });
        if (row instanceof ConnectionRow && row.worker === this.worker) await view.delete(row);
      });
    }
  }

  get #home(): ConnectionTable {
    return this.#tables[0] as ConnectionTable;
  }

  #tableOf(attempt: Attempt): ConnectionTable {
    const table = this.#byStore.get(attempt.store);
    if (table !== undefined) return table;
    throw new SystemUsageError(`${attempt.system} is @stale, so it only reads; take @stale away, or elevate elsewhere`);
  }

  async #begin(attempt: Attempt, record: ConnectionRecord, table: ConnectionTable): Promise<Pending> {
    const pending: Pending = {
      record,
      store: table.number,
      release: undefined,
      sequence: undefined,
      login: undefined,
    };
    this.#pending.set(attempt, pending);
    if (!this.comparable) pending.release = await record.turn.take();
    return pending;
  }

  /**
   * The row of a connection, which must be this process's.
   * @param table A store in which there need not be one.
   * @throws ConnectionTakenError
   */
  #own(row: Row | undefined, principal: Recorded): ConnectionRow;
  #own(row: Row | undefined, principal: Recorded, table: ConnectionTable): ConnectionRow | undefined;
  #own(row: Row | undefined, { connection, record }: Recorded, table = this.#home): ConnectionRow | undefined {
    if (row instanceof ConnectionRow && row.worker === this.worker) return row;
    if (row === undefined && !record.stores.has(table.number)) return undefined;
    throw new ConnectionTakenError(connection);
  }

  /** A commit whose outcome was unknown may have left a newer state than what the connection says of itself. */
  #newest(row: ConnectionRow | undefined, { caller, group, session, record }: Recorded): ConnectionState {
    const stored = row === undefined ? NO_STATE : readState(row.state);
    const { sequence, login } = record;
    if (stored.sequence >= sequence) return stored;
    return { ...NO_STATE, caller, group, session: this.#values.byName(session), sequence, login };
  }

  /** What a later kick is compared with; a kick by this very login counts already. */
  async #login(
    attempt: Attempt,
    table: ConnectionTable,
    { user, kick }: NonNullable<Effects["elevate"]>,
    row: Row | undefined,
  ): Promise<Login> {
    const last = row instanceof KickRow ? row : undefined;
    const id = await attempt.newId();
    const before = last?.at ?? 0n;
    if (!kick) return { store: table.number, epoch: last?.epoch ?? 0, at: id > before ? id : before };
    const epoch = nextEpoch(last, id);
    const at = id > before ? id : before + 1n;
    await table.kicks(attempt).upsert({ id: user }, { epoch, at });
    return { store: table.number, epoch, at };
  }

  async #mark(table: ConnectionTable, view: TableView, principal: Recorded, hook: string): Promise<void> {
    const { connection } = principal;
    const row = this.#own(await view.get({ id: connection }), principal, table);
    const state = row === undefined ? NO_STATE : readState(row.state);
    if (state.ran.includes(hook)) throw new ConnectionTakenError(connection);
    const ran = [...state.ran, hook];
    const isLast = this.comparable && this.#hooks.every((each) => ran.includes(each));
    if (isLast && row !== undefined) await view.delete(row);
    else await this.#write(view, row, connection, { ...state, ran });
  }

  async #write(
    view: TableView,
    row: ConnectionRow | undefined,
    connection: bigint,
    state: ConnectionState,
  ): Promise<void> {
    if (row !== undefined) row.state = writeState(state);
    else await view.upsert({ id: connection }, { worker: this.worker, state: writeState(state) });
  }
}

function isRecorded(principal: Principal): principal is Recorded {
  return principal.connection !== undefined && principal.record !== undefined;
}

/** Whether row-level security gives both the same. */
function looksTheSame(a: ConnectionState, b: ConnectionState): boolean {
  const names = new Set([...Object.keys(a.session), ...Object.keys(b.session)]);
  return (
    a.caller === b.caller && a.group === b.group && [...names].every((name) => a.session[name] === b.session[name])
  );
}
