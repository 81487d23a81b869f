import type { Unsubscribe } from "../signal.js";

/** Where a live query of a component stands. The same object until something changes. */
export interface LiveState {
  /** Whether the first snapshot has come. */
  readonly ready: boolean;
  /** Whether what is shown may be out of date. */
  readonly stale: boolean;
  readonly error: Error | undefined;
}

/** The part of a live query that a store needs. */
interface Watched {
  readonly ready: Promise<void>;
  readonly stale: boolean;
  readonly disposed: boolean;
  readonly error: Error | undefined;
  onChange(handler: () => void): Unsubscribe;
  onStale(handler: () => void): Unsubscribe;
  onResynced(handler: () => void): Unsubscribe;
  onError(handler: () => void): Unsubscribe;
  dispose(): void;
}

/** What `useSyncExternalStore` takes. */
export interface LiveStore<State> {
  readonly subscribe: (changed: () => void) => () => void;
  readonly snapshot: () => State;
}

/**
 * A live query that exists while somebody listens: rendering alone starts nothing, and mounting twice, as React's
 * StrictMode does, leaves one.
 */
export function liveStore<Query extends Watched, Shown extends object>(
  start: () => Query,
  show: (query: Query | undefined) => Shown,
): LiveStore<LiveState & Shown> {
  let query: Query | undefined;
  let listeners = 0;
  let isReady = false;
  const look = (): LiveState & Shown =>
    Object.freeze({ ready: isReady, stale: query?.stale ?? true, error: query?.error, ...show(query) });
  let state = look();
  const subscribe = (changed: () => void): (() => void) => {
    const live = (query ??= start());
    listeners++;
    const update = (): void => {
      // A query that was refused at first and has begun since: its `ready` stays rejected.
      if (live.error === undefined && !live.stale) isReady = true;
      state = look();
      changed();
    };
    const stops = [live.onChange(update), live.onStale(update), live.onResynced(update), live.onError(update)];
    live.ready.then(
      () => {
        isReady = true;
        if (!live.disposed) update();
      },
      // onError has told.
      () => undefined,
    );
    return () => {
      for (const stop of stops) stop();
      if (--listeners > 0) return;
      live.dispose();
      query = undefined;
      isReady = false;
      state = look();
    };
  };
  return { subscribe, snapshot: () => state };
}
