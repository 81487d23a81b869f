import type { Client } from "./client.js";
import type { Bound } from "./live/bounds.js";
import type { Component, Row } from "./live/component.js";
import { type RangeOptions } from "./live/query.js";
import { type LiveState } from "./live/live-store.js";
import type { ConnectionState } from "./session/connection-state.js";
/** The part of React that the hooks use; Preact's `compat` has it too. */
export interface ReactHooks {
    useCallback<T extends (...args: never[]) => unknown>(callback: T, dependencies: readonly unknown[]): T;
    useMemo<T>(make: () => T, dependencies: readonly unknown[]): T;
    useRef<T>(initial: T): {
        current: T;
    };
    useState<T>(initial: T): [state: T, setState: (next: T) => void];
    useSyncExternalStore<T>(subscribe: (changed: () => void) => () => void, snapshot: () => T, serverSnapshot: () => T): T;
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
    useRow<R extends Row, Key, Indexes>(client: Client<object>, component: Component<R, Key, Indexes>, key: Key | undefined): RowState<R>;
    /** The rows of a range, as `client.query(component).range(…)`. Equal parameters are the same query. */
    useRange<R extends Row, Key, Indexes, Name extends keyof Indexes & string>(client: Client<object>, component: Component<R, Key, Indexes>, index: Name, left?: Bound<Indexes[Name]>, right?: Bound<Indexes[Name]>, options?: RangeOptions): RangeState<R>;
    /** A call with the state of its last run: `const buy = useCall(client.calls.buy)`. */
    useCall<Arguments extends readonly unknown[], Result>(call: (...args: Arguments) => Promise<Result>): CallState<Arguments, Result>;
    useConnection(client: Client<object>): ConnectionState;
}
/**
 * The hooks for a copy of React: `export const { useRow, useRange, useCall, useConnection } = createHooks(React)`,
 * once in an application. React is given, so that projects without it need not have it.
 */
export declare function createHooks(react: ReactHooks): HetuHooks;
