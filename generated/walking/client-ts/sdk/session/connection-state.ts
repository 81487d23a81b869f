/** What a client's connection is doing. A new frozen object for each change. */
export interface ConnectionState {
  /**
   * - `connecting`: opening the WebSocket, handshake.
   * - `bootstrapping`: the `bootstrap` function is running.
   * - `connected`: calls are sent as they are made.
   * - `waiting`: the next attempt follows in `retryInMs`.
   * - `closed`: for good. `error` says why, unless the application called `close()`.
   */
  readonly status: "connecting" | "bootstrapping" | "connected" | "waiting" | "closed";
  /** Attempts that have failed in a row. */
  readonly attempt: number;
  /** When `waiting`: milliseconds from this change to the next attempt. */
  readonly retryInMs?: number;
  /** Why the last connection or attempt ended. */
  readonly error?: Error;
}
