/** What the gate allows. Counts are whole numbers, sizes bytes, times milliseconds; `Infinity` lifts a limit. */
export interface GateLimits {
  /** Largest message of a client. A longer one closes its connection with 1009. */
  readonly maxMessage: number;
  /** Connections of one address; also sessions of its lost links that are kept at a time, above it its oldest ends. */
  readonly connectionsPerAddress: number;
  /** Connections of one address that are not logged in. */
  readonly anonymousPerAddress: number;
  /** Connections of all addresses. */
  readonly connections: number;
  /** From the upgrade to the end of the handshake. */
  readonly handshakeTimeout: number;
  /** Without a byte from the client, answers to pings included. Pings go out every half of it. */
  readonly idleTimeout: number;
  /** Messages a second that a connection may send in the long run; calls above it are answered `RATE_LIMITED`. */
  readonly messagesPerSecond: number;
  /** Messages that a connection may send at once after having been quiet. */
  readonly messagesBurst: number;
  /** How far above rate and burst, as a factor, the connection is closed with 1008. */
  readonly floodFactor: number;
  /** Requests of one connection that wait for their turn; then its socket is not read until some are done. */
  readonly pendingRequests: number;
  /** Bytes of these, as they are without layers; likewise. A message that is longer by itself may wait alone. */
  readonly pendingBytes: number;
  /** Subscriptions of one connection. */
  readonly subscriptions: number;
  /** Sessions of lost links that are kept for their clients at a time; above it the oldest ends. */
  readonly parkedSessions: number;
  /** Bytes that may wait in a connection's socket before updates are held back and merged. */
  readonly socketBuffer: number;
  /** Bytes that may wait for a slow reader altogether; then it is disconnected with 1013. */
  readonly maxBacklog: number;
}

/** Generous for a game that sends its input 60 times a second, and still small enough to bound what one client can do. */
export const DEFAULT_LIMITS: GateLimits = {
  maxMessage: 512 * 1024,
  connectionsPerAddress: 1000,
  anonymousPerAddress: 200,
  connections: 50_000,
  handshakeTimeout: 10_000,
  idleTimeout: 60_000,
  messagesPerSecond: 200,
  messagesBurst: 400,
  floodFactor: 5,
  pendingRequests: 256,
  pendingBytes: 1024 * 1024,
  subscriptions: 1000,
  parkedSessions: 10_000,
  socketBuffer: 256 * 1024,
  maxBacklog: 4 * 1024 * 1024,
};
