import { decodeMessage, encodeMessage } from "../wire/message-pack.js";

/** What a record says of its connection. */
export interface ConnectionState {
  readonly caller: bigint | undefined;
  readonly group: string | undefined;
  /** By schema name. */
  readonly session: Readonly<Record<string, unknown>>;
  /** Systems `@on(disconnect)` that have run already; each store knows of those that ran in it. */
  readonly ran: readonly string[];
  /** Counts the changes of caller, group and session, in whichever store they were made: the newest state has the most. */
  readonly sequence: number;
  /**
   * A client that has seen no later position may have been shown rows as somebody else; `undefined`: not known. Given
   * only where there is one store.
   */
  readonly barrier: number | undefined;
  /** Where and when the caller logged in. */
  readonly login: Login | undefined;
}

/** What a kick is compared with. */
export interface Login {
  /** Number of the store that the login was committed in. */
  readonly store: number;
  /** Of the user's `core.Kick` there. */
  readonly epoch: number;
  /** A snowflake. */
  readonly at: bigint;
}

/** That of a store in which the connection has changed nothing. */
export const NO_STATE: ConnectionState = {
  caller: undefined,
  group: undefined,
  session: {},
  ran: [],
  sequence: -1,
  barrier: undefined,
  login: undefined,
};

type Written = readonly [
  caller: bigint | null,
  group: string | null,
  session: Record<string, unknown>,
  ran: readonly string[],
  // Records of older versions end here.
  sequence?: number,
  barrier?: number | null,
  login?: readonly [store: number, epoch: number, at: bigint] | null,
];

export function writeState({ caller, group, session, ran, sequence, barrier, login }: ConnectionState): Uint8Array {
  const set = Object.entries(session).filter(([, value]) => value !== undefined);
  const written: Written = [
    caller ?? null,
    group ?? null,
    Object.fromEntries(set),
    ran,
    sequence,
    barrier ?? null,
    login === undefined ? null : [login.store, login.epoch, login.at],
  ];
  return encodeMessage(written);
}

export function readState(bytes: Uint8Array): ConnectionState {
  const [caller, group, session, ran, sequence, barrier, login] = decodeMessage(bytes) as Written;
  return {
    caller: caller ?? undefined,
    group: group ?? undefined,
    session,
    ran,
    sequence: sequence ?? 0,
    barrier: barrier ?? undefined,
    login: login === undefined || login === null ? undefined : { store: login[0], epoch: login[1], at: login[2] },
  };
}

/** What a connection is, by what each store knows of it. */
export function newestOf(states: readonly ConnectionState[]): ConnectionState {
  const newest = states.reduce((best, state) => (state.sequence > best.sequence ? state : best), NO_STATE);
  return { ...newest, ran: states.flatMap(({ ran }) => ran) };
}
