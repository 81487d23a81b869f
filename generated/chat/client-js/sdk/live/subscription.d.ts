import type { Protocol, RowChanges, ServerMessage, SubscriptionId } from "../protocol/protocol.js";
import type { Request } from "../session/request.js";
import { type Change } from "./change.js";
import type { ComponentSpec, IndexSpec, Row } from "./component.js";
import { RowSet } from "./row-set.js";
/** What a subscription asks the server for. Bounds as on the wire. */
export interface Parameters<R extends Row> {
    readonly component: ComponentSpec<R>;
    readonly index: IndexSpec<R>;
    readonly left: unknown;
    readonly right: unknown;
    readonly limit: number;
    readonly desc: boolean;
}
/** A live query of the application, as the subscription that it shares with its equals sees it. */
export interface Observer<R extends Row> {
    /** There are rows that are known to be current: the first snapshot, or one after a reconnect. */
    onCurrent(): void;
    onChanges(changes: readonly Change<R>[]): void;
    /** The link dropped: the rows may be out of date. */
    onStale(): void;
    /** There are no rows to be had; after a reconnect it is tried again, unless the client has closed. */
    onFailure(error: Error): void;
}
/** The same for equal parameters; what the server would tell apart differs. */
export declare function parametersKey<R extends Row>(parameters: Parameters<R>): string;
/**
 * One subscription at the server and the rows that it gives, shared by all live queries with the same parameters.
 */
export declare class Subscription<R extends Row> implements Request {
    #private;
    readonly answer = "subscription";
    readonly key: string;
    /** Component and index. */
    readonly source: string;
    readonly parameters: Parameters<R>;
    readonly observers: Set<Observer<R>>;
    readonly rows: RowSet<R>;
    /** The id that the server gave; `undefined` while it gives no updates. */
    serverId: SubscriptionId | undefined;
    /** Whether `rows` are known to be what the server has. */
    isCurrent: boolean;
    error: Error | undefined;
    constructor(parameters: Parameters<R>, settled: (subscription: Subscription<R>) => void);
    frame(protocol: Protocol): Uint8Array;
    sent(): void;
    unsendable(error: Error): void;
    answered(message: ServerMessage): void;
    /**
     * An update from the server.
     * @returns what tells the observers: all rows of a transaction are seen before anybody is told.
     */
    update(changes: RowChanges): () => void;
    /** The link has dropped. */
    lost(): void;
    /**
     * Puts the snapshot that has come in the place of the rows.
     * @returns what tells the observers: all subscriptions are brought up to date before the first one is told.
     */
    replace(): () => void;
    /** {@link replace}, and tells at once. */
    show(): void;
    /** Fails all observers; what they show stays as it is. */
    refuse(error: Error): void;
}
