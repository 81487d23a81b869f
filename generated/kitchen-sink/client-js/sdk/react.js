import { keyParameters, rangeParameters } from "./live/query.js";
import { liveStore } from "./live/live-store.js";
import { parametersKey } from "./live/subscription.js";
/**
 * The hooks for a copy of React: `export const { useRow, useRange, useCall, useConnection } = createHooks(React)`,
 * once in an application. React is given, so that projects without it need not have it.
 */
export function createHooks(react) {
    const useStore = (store) => react.useSyncExternalStore(store.subscribe, store.snapshot, store.snapshot);
    return {
        useRow(client, component, key) {
            const identity = key === undefined
                ? undefined
                : parametersKey(keyParameters(component, key));
            const store = react.useMemo(() => key === undefined
                ? NOTHING
                : liveStore(() => client.query(component).get(key), (query) => ({ row: query?.row })), [client, component, identity]);
            return useStore(store);
        },
        useRange(client, component, index, left, right, options) {
            const identity = parametersKey(rangeParameters(component, index, left, right, options ?? {}));
            const store = react.useMemo(() => liveStore(() => client.query(component).range(index, left, right, options), (query) => ({ rows: query?.rows ?? NO_ROWS })), [client, component, identity]);
            return useStore(store);
        },
        useCall(call) {
            const [state, setState] = react.useState(NOT_CALLED);
            const latest = react.useRef(0);
            const run = react.useCallback(async (...args) => {
                const turn = ++latest.current;
                const show = (next) => {
                    if (turn === latest.current)
                        setState(next);
                };
                show({ pending: true, result: undefined, error: undefined });
                try {
                    const result = await call(...args);
                    show({ pending: false, result, error: undefined });
                    return result;
                }
                catch (error) {
                    show({ pending: false, result: undefined, error });
                    throw error;
                }
            }, [call]);
            return { ...state, call: run };
        },
        useConnection(client) {
            const subscribe = react.useCallback((changed) => client.onConnection(changed), [client]);
            const snapshot = () => client.connection;
            return react.useSyncExternalStore(subscribe, snapshot, snapshot);
        },
    };
}
const NO_ROWS = Object.freeze([]);
const NOT_CALLED = Object.freeze({ pending: false, result: undefined, error: undefined });
const NO_ROW = Object.freeze({ row: undefined, ready: false, stale: true, error: undefined });
const NOTHING = { subscribe: () => () => undefined, snapshot: () => NO_ROW };
