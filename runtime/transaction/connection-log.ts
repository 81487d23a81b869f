import { ConnectionRow } from "../core/connection.js";
import type { SessionFieldSpec } from "../schema/callable.js";
import type { StoreSet } from "../store/contract.js";
import type { Attempt, Finish } from "./attempt.js";
import { ConnectionHandover } from "./connection-handover.js";
import { NO_STATE, readState, writeState } from "./connection-state.js";
import { ConnectionTable } from "./connection-table.js";
import type { Effects, LeftConnection, Principal } from "./contract.js";
import { forgetKicks } from "./old-kicks.js";
import { SessionValues } from "./session-values.js";
import { SharedConnections } from "./shared-connections.js";
import type { ConnectionSharing } from "./sharing-contract.js";
import type { TableView } from "./table-view.js";

export interface ConnectionLogOptions {
  /** Systems `@on(disconnect)`, in their order. */
  readonly hooks: readonly string[];
  readonly session: readonly SessionFieldSpec[];
  /** Number of this process among those of the instance. */
  readonly worker: number;
}

/**
 * Remembers the open connections in the store, so that a process that finds those of a dead one can still run their
 * `@on(disconnect)` systems. What a call changes of its connection is part of the call's transaction, and that a hook
 * has run is part of the hook's: neither is ever half done. Where processes share the stores there is more to it, see
 * {@link SharedConnections}.
 */
export class ConnectionLog {
  readonly #home: ConnectionTable;
  readonly #hooks: readonly string[];
  readonly #values: SessionValues;
  readonly #shared: SharedConnections | undefined;
  readonly sharing: ConnectionSharing | undefined;

  constructor(stores: StoreSet, { hooks, session, worker }: ConnectionLogOptions) {
    const tables = ConnectionTable.all(stores);
    this.#home = tables[0] as ConnectionTable;
    this.#hooks = hooks;
    this.#values = new SessionValues(session);
    if (!this.#home.store.shared) return;
    this.#shared = new SharedConnections(tables, worker, hooks, this.#values);
    this.sharing = sharingOf(tables, this.#shared, new ConnectionHandover(tables, worker, hooks, this.#values));
  }

  /** Whether connections are recorded: there is a system `@on(disconnect)`, or other processes may go on with them. */
  get needed(): boolean {
    return this.#hooks.length > 0 || this.#shared !== undefined;
  }

  isHook(system: string): boolean {
    return this.#hooks.includes(system);
  }

  opened(principal: Principal): Promise<void> {
    return this.#shared?.opened(principal) ?? this.#alone((view) => this.#record(view, principal));
  }

  /** Adds to the transaction what it means for its connection. @returns `undefined` when that is nothing. */
  note(attempt: Attempt): Promise<void> | undefined {
    const { connection } = attempt.principal;
    if (connection === undefined) return undefined;
    if (attempt.hook) {
      return this.#shared?.mark(attempt) ?? this.#mark(this.#home.connections(attempt), connection, attempt.system);
    }
    const effects = attempt.collected;
    if (effects?.elevate === undefined && effects?.session === undefined) return undefined;
    return this.#shared?.change(attempt, effects) ?? this.#change(this.#home.connections(attempt), connection, effects);
  }

  /** The transaction is over, and its effects have been carried out; follows every {@link note} that was something. */
  noted(attempt: Attempt, finish: Finish | undefined): void {
    this.#shared?.noted(attempt, finish);
  }

  /** A hook has not succeeded, and is not tried again. */
  async skip(principal: Principal, hook: string): Promise<void> {
    const { connection } = principal;
    if (this.#shared !== undefined) await this.#shared.skip(principal, hook);
    else if (connection !== undefined) await this.#alone((view) => this.#mark(view, connection, hook));
  }

  /**
   * The connections that an earlier process has left behind, oldest first. Without hooks they are forgotten. Not where
   * processes share the stores.
   */
  async left(): Promise<readonly LeftConnection[]> {
    const found: LeftConnection[] = [];
    await this.#alone(async (view) => {
      found.length = 0;
      for (const row of await view.range("id")) {
        if (this.needed) found.push(this.#left(row as ConnectionRow));
        else await view.delete(row);
      }
    });
    return found;
  }

  /** Other code goes on with these connections: makes the record fit them. */
  async adopt(principals: Iterable<Principal>): Promise<void> {
    // Where processes share the stores, all have a record, whatever the code.
    if (this.#shared !== undefined) return;
    const open = this.needed ? [...principals] : [];
    const ids = new Set(open.map(({ connection }) => connection));
    await this.#alone(async (view) => {
      for (const row of await view.range("id")) if (!ids.has(row.id)) await view.delete(row);
      for (const principal of open) await this.#record(view, principal);
    });
  }

  async #record(view: TableView, { connection, caller, group, session }: Principal): Promise<void> {
    if (connection === undefined || (await view.get({ id: connection })) !== undefined) return;
    const state = writeState({ ...NO_STATE, caller, group, session: this.#values.byName(session) });
    await view.upsert({ id: connection }, { state });
  }

  async #change(view: TableView, connection: bigint, { elevate, session }: Effects): Promise<void> {
    const row = await view.get({ id: connection });
    if (!(row instanceof ConnectionRow)) return;
    const state = readState(row.state);
    row.state = writeState({
      ...state,
      ...(elevate === undefined ? {} : { caller: elevate.user, group: elevate.group }),
      session: session === undefined ? state.session : { ...state.session, ...this.#values.byName(session) },
    });
  }

  async #mark(view: TableView, connection: bigint, hook: string): Promise<void> {
    const row = await view.get({ id: connection });
    if (!(row instanceof ConnectionRow)) return;
    const state = readState(row.state);
    const ran = [...state.ran, hook];
    if (this.#hooks.every((each) => ran.includes(each))) await view.delete(row);
    else row.state = writeState({ ...state, ran });
  }

  #left(row: ConnectionRow): LeftConnection {
    const { caller, group, session, ran } = readState(row.state);
    return {
      principal: { connection: row.id, caller, group, session: this.#values.byProperty(session) },
      hooks: this.#hooks.filter((hook) => !ran.includes(hook)),
    };
  }

  async #alone(change: (view: TableView) => Promise<void>): Promise<void> {
    await this.#home.alone((attempt) => change(this.#home.connections(attempt)));
  }
}

function sharingOf(
  tables: readonly ConnectionTable[],
  shared: SharedConnections,
  handover: ConnectionHandover,
): ConnectionSharing {
  return {
    comparable: shared.comparable,
    renew: (principal, token, previous) => shared.renew(principal, token, previous),
    shown: (principals) => shared.shown(principals),
    settle: (principal, sequence, barrier) => shared.settle(principal, sequence, barrier),
    ending: (principal) => shared.ending(principal),
    ended: (principal, ran) => shared.ended(principal, ran),
    resume: (token, next) => handover.resume(token, next),
    standing: (principal) => handover.standing(principal),
    forgetKicks: (age) => forgetKicks(tables, age),
    leave: (connections, until) => handover.leave(connections, until),
    inherit: (worker, until) => handover.inherit(worker, until),
    inheritAll: (until) => handover.inheritAll(until),
    due: (now) => handover.due(now),
    serves: () => handover.serves(),
    nextDue: () => handover.nextDue(),
  };
}
