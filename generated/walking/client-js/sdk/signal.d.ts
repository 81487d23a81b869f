/** Ends what it was given for. Calling it again does nothing. */
export type Unsubscribe = () => void;
/** Handlers of one kind of notification. */
export declare class Signal<Arguments extends readonly unknown[]> {
    #private;
    /** @param report takes what a handler throws; the other handlers run all the same. */
    constructor(report: (error: unknown) => void);
    get size(): number;
    on(handler: (...args: Arguments) => void): Unsubscribe;
    /** Removes all handlers; those whose turn has not come in an `emit` under way do not run. */
    clear(): void;
    /** Runs the handlers in the order of their registration. One that was removed meanwhile does not run. */
    emit(...args: Arguments): void;
}
