import { Signal } from "../signal.js";
import type { Change } from "./change.js";
import type { ChangeStream } from "./change-stream.js";
import type { Row } from "./component.js";
import type { LeakWatch } from "./leaks.js";
import type { Reads } from "./reads.js";
import type { Observer, Parameters, Subscription } from "./subscription.js";
import type { Subscriptions } from "./subscriptions.js";
/** What a live query needs of its client. */
export interface LiveContext {
    readonly subscriptions: Subscriptions;
    readonly reads: Reads;
    /** `undefined`: leaks are not looked for. */
    readonly leaks: LeakWatch | undefined;
    warn(text: string): void;
    report(error: unknown): void;
}
/**
 * The inner half of a live query: what the subscription holds on to. The application holds the outer half, so that
 * it can be garbage collected when it is forgotten.
 */
export declare class LiveObserver<R extends Row> implements Observer<R> {
    #private;
    readonly inserts: Signal<[row: R]>;
    readonly updates: Signal<[row: R, old: R]>;
    readonly deletes: Signal<[old: R]>;
    readonly changes: Signal<[changes: readonly Change<R>[]]>;
    readonly stales: Signal<[]>;
    readonly resyncs: Signal<[]>;
    readonly errors: Signal<[error: Error]>;
    readonly streams: Set<ChangeStream<R>>;
    readonly ready: Promise<void>;
    readonly subscription: Subscription<R>;
    error: Error | undefined;
    /** Whether the first snapshot has been told. */
    started: boolean;
    disposed: boolean;
    constructor(context: LiveContext, parameters: Parameters<R>);
    get stale(): boolean;
    /** Whether anything would notice a change. */
    get isObserved(): boolean;
    onCurrent(): void;
    onChanges(changes: readonly Change<R>[]): void;
    onStale(): void;
    onFailure(error: Error): void;
    dispose(): void;
}
