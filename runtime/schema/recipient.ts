import type { Recipient } from "../transaction/contract.js";

/** Every connection of this server instance, logged in or not. */
export const everybody: Recipient = { kind: "everybody" };

/** All connections of a logged-in user. @param id As given to `ctx.elevate`. */
export function user(id: bigint): Recipient {
  return { kind: "user", user: id };
}

/** One connection. @param id As in `ctx.connection`. */
export function connection(id: bigint): Recipient {
  return { kind: "connection", connection: id };
}
