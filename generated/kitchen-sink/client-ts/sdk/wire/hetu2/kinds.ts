/** The first element of each frame from client to server. */
export const ClientKind = {
  hello: 0,
  call: 1,
  once: 2,
  subscribe: 3,
  unsubscribe: 4,
  read: 5,
  clock: 6,
  ping: 7,
} as const;

/** The first element of each frame from server to client. */
export const ServerKind = {
  welcome: 0,
  result: 1,
  rejection: 2,
  failure: 3,
  subscribed: 4,
  caughtUp: 5,
  refused: 6,
  update: 7,
  event: 8,
  page: 9,
  clock: 10,
  pong: 11,
} as const;

/** Why a subscription or a one-shot read is refused. */
export const refusalCodes = [
  "FORBIDDEN",
  "UNKNOWN_COMPONENT",
  "UNKNOWN_INDEX",
  "BAD_BOUND",
  "TOO_MANY_SUBSCRIPTIONS",
  "SCAN_LIMIT",
] as const;

export type RefusalCode = (typeof refusalCodes)[number];

/** A position in the description, or a name where there is none (copies, what is for admins) or none is known. */
export type Reference = number | string;

/** The subprotocol that a client offers and the server selects. */
export const SUBPROTOCOL = "hetu.2";

/** Bytes of a schema fingerprint: a SHA-256. */
export const FINGERPRINT_LENGTH = 32;

/** Bytes of a token to resume with. */
export const TOKEN_LENGTH = 16;
