declare global {
  // As in the library of TypeScript 5.2, for projects that compile against an older one. Where the platform has no
  // `Symbol.dispose`, what implements it gets a method that nobody calls; `using` needs a polyfill there anyway.
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }
}

/** What `using` can end. */
export interface Ending {
  [Symbol.dispose](): void;
}
