import type { Clock } from "../platform.js";
import type { Protocol } from "../protocol/protocol.js";
import type { ConnectionState } from "../session/connection-state.js";
import type { CallSignal } from "../session/options.js";
import type { Request } from "../session/request.js";
import type { Unsubscribe } from "../signal.js";
import type { Row } from "./component.js";
import type { Cursor, Page } from "./page.js";
import type { Parameters } from "./subscription.js";
import type { Subscriptions } from "./subscriptions.js";
/** What reads need of the session. */
export interface ReadLink {
    /** `undefined`: there is no connection. */
    protocol(): Protocol | undefined;
    enqueue(request: Request): boolean;
    withdraw(request: Request): boolean;
    state(): ConnectionState;
    onState(handler: (state: ConnectionState) => void): Unsubscribe;
}
export interface ReadOptions {
    readonly after?: Cursor | undefined;
    readonly count?: boolean | undefined;
    readonly signal?: CallSignal | undefined;
}
/** Queries that are asked once. Reading changes nothing, so what a lost link has left unanswered is asked again. */
export declare class Reads {
    #private;
    constructor(link: ReadLink, subscriptions: Subscriptions, settings: {
        readonly clock: Clock;
        readonly callTimeoutMs: number;
    });
    read<R extends Row>(parameters: Parameters<R>, options: ReadOptions): Promise<Page<R>>;
}
