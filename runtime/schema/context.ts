/** What user code gets in every call; generated contexts add what their system declares. */
interface CallContext {
  /** The logged-in user; `undefined` before `elevate`, and in calls that the engine makes. */
  readonly caller: bigint | undefined;
  /** `"admin"` for admins. */
  readonly group: string | undefined;
  /** The connection that made the call; `undefined` in calls that the engine makes. */
  readonly connection: bigint | undefined;
  /** Start of the call in milliseconds since 1970 UTC; stays the same throughout. */
  readonly now: number;
}

/** An endpoint's: each system that it calls commits by itself. */
export type EndpointContext = CallContext;

/** What ends any transaction. */
interface TransactionContext extends CallContext {
  /** Rolls back; the caller gets the code `ABORTED`. */
  abort(): never;
}

/** A `@stale` system's: it reads, and changes nothing. */
export type StaleContext = TransactionContext;

/** A system's: everything happens in one transaction. */
export interface SystemContext extends TransactionContext {
  /** 1 the first time, one more each time that a conflict made the transaction start again. */
  readonly attempt: number;
  /**
   * Logs the caller's connection in, when the transaction commits.
   * @param user Id of the user, as `ctx.caller` has it from then on.
   * @param options `kick` closes the user's other connections; `group: "admin"` makes an admin.
   */
  elevate(user: bigint, options?: { readonly kick?: boolean; readonly group?: string }): void;
  /** Commits now instead of at the end; nothing can be read, written or sent afterwards. */
  commit(): Promise<void>;
}

/** What an implementation may return. */
export type Awaitable<T> = T | Promise<T>;
