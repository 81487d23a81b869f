import { ConnectionRow, connectionCodec } from "../core/connection.js";
import type { SessionFieldSpec } from "../schema/callable.js";
import type { Store } from "../store/contract.js";
import { decodeMessage, encodeMessage } from "../wire/message-pack.js";
import { Attempt } from "./attempt.js";
import type { Effects, LeftConnection, Principal } from "./contract.js";
import type { TableView } from "./table-view.js";
import { TablePlan } from "./table-plan.js";

const NOBODY: Principal = { connection: undefined, caller: undefined, group: undefined, session: {} };

/** What a row says of its connection. */
interface State {
  readonly caller: bigint | undefined;
  readonly group: string | undefined;
  /** By schema name. */
  readonly session: Readonly<Record<string, unknown>>;
  /** Systems `@on(disconnect)` that have run already. */
  readonly ran: readonly string[];
}

/**
 * Remembers the open connections in the store, so that a process that finds those of a dead one can still run their
 * `@on(disconnect)` systems. What a call changes of its connection is part of the call's transaction, and that a hook
 * has run is part of the hook's: neither is ever half done.
 */
export class ConnectionLog {
  readonly #store: Store;
  readonly #plan: TablePlan;
  readonly #hooks: readonly string[];
  readonly #session: readonly SessionFieldSpec[];

  /** @param hooks Systems `@on(disconnect)`, in their order. */
  constructor(store: Store, hooks: readonly string[], session: readonly SessionFieldSpec[]) {
    this.#store = store;
    this.#plan = new TablePlan(store.table(connectionCodec.name));
    this.#hooks = hooks;
    this.#session = session;
  }

  /** Whether the schema has a system `@on(disconnect)`. Without one nothing is recorded. */
  get needed(): boolean {
    return this.#hooks.length > 0;
  }

  isHook(system: string): boolean {
    return this.#hooks.includes(system);
  }

  opened(principal: Principal): Promise<void> {
    return this.#alone((view) => this.#record(view, principal));
  }

  /** Adds to the transaction what it means for its connection. @returns `undefined` when that is nothing. */
  note(attempt: Attempt): Promise<void> | undefined {
    const { connection } = attempt.principal;
    if (connection === undefined) return undefined;
    const view = (): TableView => attempt.view(this.#plan);
    if (attempt.hook) return this.#mark(view(), connection, attempt.system);
    const effects = attempt.collected;
    if (effects?.elevate === undefined && effects?.session === undefined) return undefined;
    return this.#change(view(), connection, effects);
  }

  /** A hook has not succeeded, and is not tried again. */
  skip(connection: bigint, hook: string): Promise<void> {
    return this.#alone((view) => this.#mark(view, connection, hook));
  }

  /** The connections that an earlier process has left behind, oldest first. Without hooks they are forgotten. */
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
    const open = this.needed ? [...principals] : [];
    const ids = new Set(open.map(({ connection }) => connection));
    await this.#alone(async (view) => {
      for (const row of await view.range("id")) if (!ids.has(row.id)) await view.delete(row);
      for (const principal of open) await this.#record(view, principal);
    });
  }

  async #record(view: TableView, { connection, caller, group, session }: Principal): Promise<void> {
    if (connection === undefined || (await view.get({ id: connection })) !== undefined) return;
    await view.upsert({ id: connection }, { state: write({ caller, group, session: this.#byName(session), ran: [] }) });
  }

  async #change(view: TableView, connection: bigint, { elevate, session }: Effects): Promise<void> {
    const row = await view.get({ id: connection });
    if (!(row instanceof ConnectionRow)) return;
    const state = read(row.state);
    row.state = write({
      ...state,
      ...(elevate === undefined ? {} : { caller: elevate.user, group: elevate.group }),
      session: session === undefined ? state.session : { ...state.session, ...this.#byName(session) },
    });
  }

  async #mark(view: TableView, connection: bigint, hook: string): Promise<void> {
    const row = await view.get({ id: connection });
    if (!(row instanceof ConnectionRow)) return;
    const state = read(row.state);
    const ran = [...state.ran, hook];
    if (this.#hooks.every((each) => ran.includes(each))) await view.delete(row);
    else row.state = write({ ...state, ran });
  }

  #left(row: ConnectionRow): LeftConnection {
    const { caller, group, session, ran } = read(row.state);
    return {
      principal: { connection: row.id, caller, group, session: this.#byProperty(session) },
      hooks: this.#hooks.filter((hook) => !ran.includes(hook)),
    };
  }

  #byName(session: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return Object.fromEntries(
      this.#session
        .filter(({ property }) => Object.hasOwn(session, property))
        .map(({ name, property }) => [name, session[property]]),
    );
  }

  /** Values that the schema of today does not have are left out. */
  #byProperty(session: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    for (const field of this.#session) {
      const { name, property } = field;
      if (!Object.hasOwn(session, name)) continue;
      try {
        values[property] = field.check(session[name]);
      } catch {
        // Its type has changed: it counts as not set.
      }
    }
    return values;
  }

  /** A transaction of its own. */
  async #alone(change: (view: TableView) => Promise<void>): Promise<void> {
    for (let number = 1; ; number++) {
      const attempt = new Attempt(this.#store, "core.connections", number, Date.now(), NOBODY, undefined);
      await change(attempt.view(this.#plan));
      if ((await attempt.finish()).status === "committed") return;
    }
  }
}

function write({ caller, group, session, ran }: State): Uint8Array {
  const set = Object.entries(session).filter(([, value]) => value !== undefined);
  return encodeMessage([caller ?? null, group ?? null, Object.fromEntries(set), ran]);
}

function read(bytes: Uint8Array): State {
  const [caller, group, session, ran] = decodeMessage(bytes) as [
    bigint | null,
    string | null,
    Record<string, unknown>,
    readonly string[],
  ];
  return { caller: caller ?? undefined, group: group ?? undefined, session, ran };
}
