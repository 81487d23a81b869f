/**
 * A live query that exists while somebody listens: rendering alone starts nothing, and mounting twice, as React's
 * StrictMode does, leaves one.
 */
export function liveStore(start, show) {
    let query;
    let listeners = 0;
    let isReady = false;
    const look = () => Object.freeze({ ready: isReady, stale: query?.stale ?? true, error: query?.error, ...show(query) });
    let state = look();
    const subscribe = (changed) => {
        const live = (query ??= start());
        listeners++;
        const update = () => {
            // A query that was refused at first and has begun since: its `ready` stays rejected.
            if (live.error === undefined && !live.stale)
                isReady = true;
            state = look();
            changed();
        };
        const stops = [live.onChange(update), live.onStale(update), live.onResynced(update), live.onError(update)];
        live.ready.then(() => {
            isReady = true;
            if (!live.disposed)
                update();
        }, 
        // onError has told.
        () => undefined);
        return () => {
            for (const stop of stops)
                stop();
            if (--listeners > 0)
                return;
            live.dispose();
            query = undefined;
            isReady = false;
            state = look();
        };
    };
    return { subscribe, snapshot: () => state };
}
