import type { Login } from "./connection-state.js";
import { Turn } from "./turn.js";

/** What the process that serves a connection knows of its records. Goes with the connection from link to link. */
export class ConnectionRecord {
  /** Of the newest state. */
  sequence = 0;
  login: Login | undefined = undefined;
  /** Numbers of the stores that have a row of it. */
  readonly stores = new Set([0]);
  /** Where a transaction cannot see what those in other stores change, they change it one after the other. */
  readonly turn = new Turn();

  /** @param token SHA-256 of the token with which its client can come back; empty: it cannot. */
  constructor(public token: Uint8Array) {}
}

/** The connection goes on at another process, or has ended there: nothing of it can be changed here. */
export class ConnectionTakenError extends Error {
  override readonly name = "ConnectionTakenError";
  readonly code = "CONNECTION_TAKEN";

  constructor(readonly connection: bigint) {
    super(`connection ${connection} goes on at another process, or has ended there`);
  }
}
