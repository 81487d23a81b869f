import type { Clock } from "../platform.js";
import type { SubscriptionId, SubscriptionUpdate } from "../protocol/protocol.js";
import type { Request } from "../session/request.js";
import { Signal } from "../signal.js";
import type { Row } from "./component.js";
import { type Observer, type Parameters, Subscription } from "./subscription.js";
/** What subscriptions need of the session. */
export interface SubscriptionLink {
    enqueue(request: Request): boolean;
    withdraw(request: Request): boolean;
    unsubscribe(subscription: SubscriptionId): void;
}
/**
 * All subscriptions of a client: shares them, routes updates to them, ends them at the server when nobody looks any
 * more, and brings them back after a reconnect.
 */
export declare class Subscriptions {
    #private;
    readonly onStale: Signal<[]>;
    readonly onResynced: Signal<[]>;
    constructor(link: SubscriptionLink, clock: Clock, report: (error: unknown) => void);
    /** Whether the link has dropped and not everything has been brought up to date since. */
    get isStale(): boolean;
    /** Finds or makes the subscription with these parameters. */
    attach<R extends Row>(parameters: Parameters<R>, observer: Observer<R>): Subscription<R>;
    /** The observer looks no more. */
    detach<R extends Row>(subscription: Subscription<R>, observer: Observer<R>): void;
    /**
     * What came together: all rows are brought up to date, and only then anybody is told. Updates of a subscription that
     * nobody uses any more are still on their way for a while.
     */
    updated(updates: readonly SubscriptionUpdate[]): void;
    /**
     * A call has succeeded: it may have been a login. What was refused is asked for again, at once if that was not done
     * in the last second: a client that calls all the time does not ask all the time.
     */
    called(): void;
    /** The link has dropped. */
    lost(): void;
    /** What to send first on a new link. */
    restore(): readonly Request[];
    /** No rows will come any more. */
    close(cause: Error | undefined): void;
}
