import { ConnectionRow, NO_WORKER } from "../core/connection.js";
import type { Attempt } from "./attempt.js";
import { writeCommitMessage } from "./commit-message.js";
import { ConnectionRecord } from "./connection-record.js";
import { type ConnectionState, newestOf, NO_STATE, readState, writeState } from "./connection-state.js";
import type { ConnectionTable } from "./connection-table.js";
import type { LeftConnection, Principal } from "./principal.js";
import type { SessionValues } from "./session-values.js";
import type { Standing, TakenConnection } from "./sharing-contract.js";

const NO_BYTES = new Uint8Array(0);

/** Connections that one transaction takes along. */
const BATCH = 100;
const ONE = { limit: 1 };

/**
 * How connections go from process to process. Whoever makes itself the worker of the record at home has the
 * connection; it then does the same in every other store, so that nothing that an earlier process still does there
 * commits, and only then looks at what the records say.
 */
export class ConnectionHandover {
  readonly #tables: readonly ConnectionTable[];
  readonly #worker: number;
  readonly #hooks: readonly string[];
  readonly #values: SessionValues;

  /** @param worker Number of this process; @param hooks systems `@on(disconnect)`, in their order. */
  constructor(tables: readonly ConnectionTable[], worker: number, hooks: readonly string[], values: SessionValues) {
    this.#tables = tables;
    this.#worker = worker;
    this.#hooks = hooks;
    this.#values = values;
  }

  /** See {@link ConnectionSharing.resume}. */
  async resume(token: Uint8Array, next: Uint8Array): Promise<TakenConnection | undefined> {
    let tried: bigint | undefined;
    try {
      const { result: found, position } = await this.#home.alone(
        async (attempt) => {
          const taken = await this.#take(attempt, token, next);
          tried = taken?.connection;
          return taken;
        },
        (taken) => taken && writeCommitMessage({ moved: [{ connection: taken.connection, worker: this.#worker }] }),
      );
      if (found === undefined) return undefined;
      const { states, positions } = await this.#gather([found.connection], [[found.state]]);
      const newest = newestOf(states[0] as readonly ConnectionState[]);
      const principal = this.#principal(found.connection, newest, new ConnectionRecord(next, token));
      const barrier = this.#tables.length === 1 ? newest.barrier : undefined;
      return { principal, barrier, positions: [position, ...positions] };
    } catch (error) {
      // It may be this process's now, and no link goes on with it.
      if (tried !== undefined) await this.leave([tried], Date.now());
      throw error;
    }
  }

  /** See {@link ConnectionSharing.standing}. */
  async standing({ connection, caller, record }: Principal): Promise<Standing> {
    const login = record?.login;
    const [row, ...kicks] = await Promise.all([
      connection === undefined ? undefined : this.#home.get(connection),
      ...this.#tables.map(async (table) => (caller === undefined ? undefined : table.kickOf(caller))),
    ]);
    if (row?.worker !== this.#worker) return "taken";
    const isKicked = kicks.some(
      (kick, store) =>
        kick !== undefined &&
        login !== undefined &&
        (store === login.store ? kick.epoch > login.epoch : kick.at > login.at),
    );
    return isKicked ? "kicked" : "served";
  }

  /** See {@link ConnectionSharing.leave}. */
  async leave(connections: readonly bigint[], until: number): Promise<void> {
    const message = writeCommitMessage({ parkedUntil: until });
    for (let at = 0; at < connections.length; at += BATCH) {
      const ids = connections.slice(at, at + BATCH);
      await this.#home.alone(
        async (attempt) => {
          const view = this.#home.connections(attempt);
          for (const row of await Promise.all(ids.map((id) => view.get({ id })))) {
            if (row instanceof ConnectionRow && row.worker === this.#worker) park(row, until);
          }
        },
        () => message,
      );
    }
  }

  /** See {@link ConnectionSharing.inherit}. */
  async *inherit(worker: number, until: number): AsyncGenerator<readonly LeftConnection[], void> {
    for (;;) {
      const batch = await this.#claim([worker], [worker], until);
      if (batch.left.length > 0) yield await this.#left(batch.left);
      if (batch.seen < BATCH) break;
    }
    for (const table of this.#tables.slice(1)) await this.#tidy(table, worker);
  }

  /** See {@link ConnectionSharing.inheritAll}. */
  async *inheritAll(until: number): AsyncGenerator<readonly LeftConnection[], void> {
    const next = async (after: number): Promise<number | undefined> => {
      const { result } = await this.#home.alone((attempt) =>
        this.#home.connections(attempt).range("worker,parked", [after], null, ONE),
      );
      return (result[0] as ConnectionRow | undefined)?.worker;
    };
    let worker = await next(until > Date.now() ? 0 : NO_WORKER);
    while (worker !== undefined) {
      if (worker !== this.#worker) yield* this.inherit(worker, until);
      worker = await next(worker + 1);
    }
  }

  /** See {@link ConnectionSharing.due}. */
  async *due(now: number): AsyncGenerator<readonly LeftConnection[], void> {
    for (;;) {
      const batch = await this.#claim([NO_WORKER, 0], [NO_WORKER, now], 0);
      if (batch.left.length > 0) yield await this.#left(batch.left);
      if (batch.seen < BATCH) return;
    }
  }

  /** See {@link ConnectionSharing.serves}. */
  async serves(): Promise<boolean> {
    const { result } = await this.#home.alone((attempt) =>
      this.#home.connections(attempt).range("worker,parked", [this.#worker], [this.#worker], ONE),
    );
    return result.length > 0;
  }

  /** See {@link ConnectionSharing.nextDue}. */
  async nextDue(): Promise<number | undefined> {
    const { result } = await this.#home.alone((attempt) =>
      this.#home.connections(attempt).range("worker,parked", [NO_WORKER], [NO_WORKER], ONE),
    );
    return (result[0] as ConnectionRow | undefined)?.parked;
  }

  get #home(): ConnectionTable {
    return this.#tables[0] as ConnectionTable;
  }

  async #take(
    attempt: Attempt,
    token: Uint8Array,
    next: Uint8Array,
  ): Promise<{ readonly connection: bigint; readonly state: ConnectionState } | undefined> {
    const view = this.#home.connections(attempt);
    const [[newest], [previous]] = await Promise.all([
      view.range("token", token, undefined, ONE),
      view.range("previous", token, undefined, ONE),
    ]);
    const row = newest ?? previous;
    if (!(row instanceof ConnectionRow) || row.worker === this.#worker) return undefined;
    if (row.worker === NO_WORKER && row.parked <= Date.now()) return undefined;
    const state = readState(row.state);
    // Its hooks run already: it has ended.
    if (state.ran.length > 0) return undefined;
    row.worker = this.#worker;
    row.parked = 0;
    row.token = next;
    row.previous = token;
    return { connection: row.id, state };
  }

  /** Some of the connections in a range of workers; those that may be resumed until then are only parked. */
  async #claim(
    from: readonly number[],
    to: readonly number[],
    until: number,
  ): Promise<{ readonly seen: number; readonly left: readonly (readonly [bigint, ConnectionState])[] }> {
    const parks = until > Date.now();
    let left: (readonly [bigint, ConnectionState])[] = [];
    const claiming = this.#home.alone(
      async (attempt) => {
        const rows = await this.#home.connections(attempt).range("worker,parked", from, to, { limit: BATCH });
        left = [];
        for (const row of rows.filter((each) => each instanceof ConnectionRow)) {
          const state = readState(row.state);
          const isResumable = row.token.length > 0 || row.previous.length > 0;
          if (parks && isResumable && state.ran.length === 0) {
            park(row, until);
            continue;
          }
          row.worker = this.#worker;
          row.parked = 0;
          row.token = NO_BYTES;
          row.previous = NO_BYTES;
          left.push([row.id, state]);
        }
        return { seen: rows.length, left };
      },
      ({ seen }) => (seen > left.length ? writeCommitMessage({ parkedUntil: until }) : undefined),
    );
    try {
      return (await claiming).result;
    } catch (error) {
      // They may be this process's now, which knows nothing of them.
      const ids = left.map(([id]) => id);
      await this.leave(ids, Date.now()).catch(() => undefined);
      throw error;
    }
  }

  async #left(claimed: readonly (readonly [bigint, ConnectionState])[]): Promise<readonly LeftConnection[]> {
    const ids = claimed.map(([id]) => id);
    const { states } = await this.#gather(
      ids,
      claimed.map(([, state]) => [state]),
    ).catch(async (error: unknown) => {
      // Whoever gets to them tries again.
      await this.leave(ids, Date.now());
      throw error;
    });
    return ids.map((id, at) => {
      const state = newestOf(states[at] as readonly ConnectionState[]);
      return {
        principal: this.#principal(id, state, new ConnectionRecord(NO_BYTES)),
        hooks: this.#hooks.filter((hook) => !state.ran.includes(hook)),
      };
    });
  }

  /** Makes this process the worker of these connections in all other stores, too. */
  async #gather(
    ids: readonly bigint[],
    states: ConnectionState[][],
  ): Promise<{ readonly states: readonly (readonly ConnectionState[])[]; readonly positions: readonly number[] }> {
    const positions = await Promise.all(
      this.#tables.slice(1).map(async (table) => {
        const { result, position } = await table.alone((attempt) => this.#fence(table, attempt, ids));
        for (const [at, state] of result.entries()) states[at]?.push(state);
        return position;
      }),
    );
    return { states, positions };
  }

  async #fence(table: ConnectionTable, attempt: Attempt, ids: readonly bigint[]): Promise<ConnectionState[]> {
    const view = table.connections(attempt);
    const rows = await Promise.all(ids.map((id) => view.get({ id })));
    const states: ConnectionState[] = [];
    for (const [at, row] of rows.entries()) {
      if (row instanceof ConnectionRow) {
        row.worker = this.#worker;
        states.push(readState(row.state));
      } else {
        await view.upsert({ id: ids[at] }, { worker: this.#worker, state: writeState(NO_STATE) });
        states.push(NO_STATE);
      }
    }
    return states;
  }

  #principal(connection: bigint, state: ConnectionState, record: ConnectionRecord): TakenConnection["principal"] {
    const { caller, group, session, sequence, login } = state;
    record.sequence = sequence;
    record.login = login;
    for (const { number } of this.#tables) record.stores.add(number);
    return { connection, caller, group, session: this.#values.byProperty(session), record };
  }

  /** What a dead worker has left in another store than home: of a connection that has gone on, or has ended. */
  async #tidy(table: ConnectionTable, worker: number): Promise<void> {
    for (;;) {
      const { result } = await table.alone(async (attempt) => {
        const view = table.connections(attempt);
        const rows = await view.range("worker,parked", [worker], [worker], { limit: BATCH });
        const home = await Promise.all(rows.map(async ({ id }) => this.#home.get(id)));
        for (const [at, row] of rows.entries()) {
          if (home[at] === undefined) await view.delete(row);
          else if (row instanceof ConnectionRow) row.worker = NO_WORKER;
        }
        return rows.length;
      });
      if (result < BATCH) return;
    }
  }
}

function park(row: ConnectionRow, until: number): void {
  row.worker = NO_WORKER;
  row.parked = until;
}
