import type { ConnectionRecord } from "./connection-record.js";

/** What a call sees of the connection that made it. Read at the start of each attempt, never written to by the runner. */
export interface Principal {
  /** `undefined` in calls that the engine makes by itself (`@on(start)`). */
  readonly connection: bigint | undefined;
  readonly caller: bigint | undefined;
  readonly group: string | undefined;
  /** Session values by property name. */
  readonly session: Readonly<Record<string, unknown>>;
  /** Given where other processes may go on with the connection. */
  readonly record?: ConnectionRecord | undefined;
}

/** A connection of a process that has died. */
export interface LeftConnection {
  /** As its last committed call left it. */
  readonly principal: Principal;
  /** Systems `@on(disconnect)` that have not run for it, in their order. */
  readonly hooks: readonly string[];
}
