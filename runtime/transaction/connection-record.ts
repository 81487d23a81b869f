import type { Login } from "./connection-state.js";
import { Turn } from "./turn.js";

const NO_BYTES: Uint8Array = new Uint8Array(0);

/** What the process that serves a connection knows of its records. Goes with the connection from link to link. */
export class ConnectionRecord {
  /** Of the newest state. */
  sequence = 0;
  login: Login | undefined = undefined;
  /** Numbers of the stores that have a row of it. */
  readonly stores = new Set([0]);
  /** Where a transaction cannot see what those in other stores change, they change it one after the other. */
  readonly turn = new Turn();

  /**
   * @param token SHA-256 of the token with which its client can come back; empty: it cannot.
   * @param previous Of the one before, as long as the client may not have the newest one; empty: it has.
   */
  constructor(
    public token: Uint8Array,
    public previous = NO_BYTES,
  ) {}

  /** Whether its client can come back. */
  get resumable(): boolean {
    return this.token.length > 0 || this.previous.length > 0;
  }
}

/** The connection goes on at another process, or has ended there: nothing of it can be changed here. */
export class ConnectionTakenError extends Error {
  override readonly name = "ConnectionTakenError";
  readonly code = "CONNECTION_TAKEN";

  constructor(readonly connection: bigint) {
    super(`connection ${connection} goes on at another process, or has ended there`);
  }
}
