import type { Ending } from "../disposable.js";
import type { Unsubscribe } from "../signal.js";
import type { Change } from "./change.js";
import type { Row } from "./component.js";
import { type LiveContext, LiveObserver } from "./live-observer.js";
import type { Parameters } from "./subscription.js";
/** What {@link LiveRow} and {@link LiveRange} have in common. */
export declare abstract class LiveQuery<R extends Row> implements Ending {
    #private;
    /**
     * Settles with the first answer: resolves when the first rows are there, rejects when the server refuses the query
     * (SubscriptionRefusedError), or when the client closes or the query is disposed before (ConnectionClosedError).
     */
    readonly ready: Promise<void>;
    protected readonly observer: LiveObserver<R>;
    /** Made by `client.query(…)`. */
    constructor(context: LiveContext, parameters: Parameters<R>);
    /** Whether the rows may be out of date: before the first snapshot, while the link is down, after the end. */
    get stale(): boolean;
    /** Why there are no rows to be had; `undefined` when all is well. See `onResynced` for when it begins. */
    get error(): Error | undefined;
    get disposed(): boolean;
    /** A row has appeared; also each row of the first snapshot, for handlers that are attached before `ready`. */
    onInsert(handler: (row: R) => void): Unsubscribe;
    onUpdate(handler: (row: R, old: R) => void): Unsubscribe;
    /** A row is gone, left the window, or may not be seen any more. */
    onDelete(handler: (old: R) => void): Unsubscribe;
    /** All changes that came together, after the handlers for each of them: deletes, updates, then inserts. */
    onChange(handler: (changes: readonly Change<R>[]) => void): Unsubscribe;
    /** The link dropped: the rows stay, and may be out of date. */
    onStale(handler: () => void): Unsubscribe;
    /**
     * The rows are up to date again, and the differences have been told: after a reconnect, or when a query that was
     * refused is no more. A refused one is asked for again after calls that succeed, and after a reconnect.
     */
    onResynced(handler: () => void): Unsubscribe;
    /** The server refused the query (told once until it begins), sent what the schema does not know, or the client has closed. */
    onError(handler: (error: Error) => void): Unsubscribe;
    /** Ends the query. Its handlers are not called again. */
    dispose(): void;
    [Symbol.dispose](): void;
    /**
     * The rows as inserts, then every change. A loop that is slower than the changes gets them merged by row. It ends
     * when the query is disposed or the client closes, and throws when the server refuses the query.
     */
    [Symbol.asyncIterator](): AsyncIterableIterator<Change<R>>;
}
