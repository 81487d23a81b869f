declare global {
    interface SymbolConstructor {
        readonly dispose: unique symbol;
    }
}
/** What `using` can end. */
export interface Ending {
    [Symbol.dispose](): void;
}
