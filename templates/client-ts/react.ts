import type { Client } from "./client.js";
import type { Bound } from "./live/bounds.js";
import type { Component, Row } from "./live/component.js";
import type { LiveRange } from "./live/live-range.js";
import type { LiveRow } from "./live/live-row.js";
import { keyParameters, type RangeOptions, rangeParameters } from "./live/query.js";
import { liveStore, type LiveState, type LiveStore } from "./live/live-store.js";
import { parametersKey } from "./live/subscription.js";
import type { ConnectionState } from "./session/connection-state.js";

/** The part of React that the hooks use; Preact's `compat` has it too. */
export interface ReactHooks {
  useCallback<T extends (...args: never[]) => unknown>(callback: T, dependencies: readonly unknown[]): T;
  useMemo<T>(make: () => T, dependencies: readonly unknown[]): T;
  useRef<T>(initial: T): { current: T };
  useState<T>(initial: T): [state: T, setState: (next: T) => void];
  useSyncExternalStore<T>(
    subscribe: (changed: () => void) => () => void,
    snapshot: () => T,
    serverSnapshot: () => T,
  ): T;
}

export type { LiveState };

export interface RowState<R> extends LiveState {
  readonly row: R | undefined;
}

export interface RangeState<R> extends LiveState {
  readonly rows: readonly R[];
}

/** Where the last call that was made through `useCall` stands. */
export interface CallState<Arguments extends readonly unknown[], Result> {
  /** Makes the call. The same function at every render. */
  readonly call: (...args: Arguments) => Promise<Result>;
  readonly pending: boolean;
  readonly result: Result | undefined;
  readonly error: unknown;
}

export interface HetuHooks {
  /**
   * The row with a key, kept up to date while the component is mounted.
   * @param key `undefined`: no query.
   */
  useRow<R extends Row, Key, Indexes>(
    client: Client<object>,
    component: Component<R, Key, Indexes>,
    key: Key | undefined,
  ): RowState<R>;
  /** The rows of a range, as `client.query(component).range(…)`. Equal parameters are the same query. */
  useRange<R extends Row, Key, Indexes, Name extends keyof Indexes & string>(
    client: Client<object>,
    component: Component<R, Key, Indexes>,
    index: Name,
    left?: Bound<Indexes[Name]>,
    right?: Bound<Indexes[Name]>,
    options?: RangeOptions,
  ): RangeState<R>;
  /** A call with the state of its last run: `const buy = useCall(client.calls.buy)`. */
  useCall<Arguments extends readonly unknown[], Result>(
    call: (...args: Arguments) => Promise<Result>,
  ): CallState<Arguments, Result>;
  useConnection(client: Client<object>): ConnectionState;
}

/**
 * The hooks for a copy of React: `export const { useRow, useRange, useCall, useConnection } = createHooks(React)`,
 * once in an application. React is given, so that projects without it need not have it.
 */
export function createHooks(react: ReactHooks): HetuHooks {
  const useStore = <State>(store: LiveStore<State>): State =>
    react.useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot);
  return {
    useRow<R extends Row, Key, Indexes>(
      client: Client<object>,
      component: Component<R, Key, Indexes>,
      key: Key | undefined,
    ): RowState<R> {
      const identity =
        key === undefined
          ? undefined
          : parametersKey(keyParameters(component, key as Readonly<Record<string, unknown>>));
      const store = react.useMemo(
        () =>
          key === undefined
            ? NOTHING
            : liveStore(
                () => client.query(component).get(key),
                (query: LiveRow<R> | undefined): { readonly row: R | undefined } => ({ row: query?.row }),
              ),
        [client, component, identity],
      );
      return useStore<RowState<R>>(store);
    },
    useRange<R extends Row, Key, Indexes, Name extends keyof Indexes & string>(
      client: Client<object>,
      component: Component<R, Key, Indexes>,
      index: Name,
      left?: Bound<Indexes[Name]>,
      right?: Bound<Indexes[Name]>,
      options?: RangeOptions,
    ): RangeState<R> {
      const identity = parametersKey(rangeParameters(component, index, left, right, options ?? {}));
      const store = react.useMemo(
        () =>
          liveStore(
            () => client.query(component).range(index, left, right, options),
            (query: LiveRange<R> | undefined): { readonly rows: readonly R[] } => ({ rows: query?.rows ?? NO_ROWS }),
          ),
        [client, component, identity],
      );
      return useStore<RangeState<R>>(store);
    },
    useCall<Arguments extends readonly unknown[], Result>(
      call: (...args: Arguments) => Promise<Result>,
    ): CallState<Arguments, Result> {
      const [state, setState] = react.useState<Omit<CallState<Arguments, Result>, "call">>(NOT_CALLED);
      const latest = react.useRef(0);
      const run = react.useCallback(
        async (...args: Arguments) => {
          const turn = ++latest.current;
          const show = (next: Omit<CallState<Arguments, Result>, "call">): void => {
            if (turn === latest.current) setState(next);
          };
          show({ pending: true, result: undefined, error: undefined });
          try {
            const result = await call(...args);
            show({ pending: false, result, error: undefined });
            return result;
          } catch (error) {
            show({ pending: false, result: undefined, error });
            throw error;
          }
        },
        [call],
      );
      return { ...state, call: run };
    },
    useConnection(client: Client<object>): ConnectionState {
      const subscribe = react.useCallback((changed: () => void) => client.onConnection(changed), [client]);
      const snapshot = (): ConnectionState => client.connection;
      return react.useSyncExternalStore(subscribe, snapshot, snapshot);
    },
  };
}

const NO_ROWS: readonly never[] = Object.freeze([]);
const NOT_CALLED = Object.freeze({ pending: false, result: undefined, error: undefined });
const NO_ROW: RowState<never> = Object.freeze({ row: undefined, ready: false, stale: true, error: undefined });
const NOTHING: LiveStore<RowState<never>> = { subscribe: () => () => undefined, snapshot: () => NO_ROW };
