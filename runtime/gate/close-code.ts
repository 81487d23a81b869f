/**
 * Why the server closes a WebSocket. Codes below 4000 are those of RFC 6455, section 7.4.1; those from 4000 are ours.
 * The reason text that goes with a code is for people and logs; programs compare the code.
 */
export const CloseCode = {
  normal: 1000,
  /** The server stops or is replaced; connecting again later is right. */
  goingAway: 1001,
  /** A frame that the protocol does not have, or garbage. */
  protocolError: 1002,
  /** A text frame. */
  unsupportedData: 1003,
  /** Frames keep coming far above the configured rate. */
  policyViolation: 1008,
  /** A message over `maxMessage`; sent by the WebSocket library. */
  messageTooBig: 1009,
  /** Something failed in the server that this connection cannot go on without. */
  internalError: 1011,
  /** The client does not read what it is sent; connecting again and asking afresh is right. */
  tryAgainLater: 1013,
  /** The same user logged in elsewhere and asked for other connections to end; do not reconnect by yourself. */
  kicked: 4001,
  /** A system `@on(connect)` rejected the connection. */
  refused: 4003,
  /** No instance of this name. */
  unknownInstance: 4004,
  /** A layer refuses the handshake, or the protocol is not spoken here; connecting again changes nothing. */
  layersRefused: 4005,
  /** No handshake in time, or no sign of life for the idle time-out. */
  timeout: 4008,
} as const;

export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode];

/** RFC 6455 leaves 123 bytes of a close frame for the reason. */
const MAX_REASON_BYTES = 123;

/** Cuts a reason to what a close frame can carry, at a character. */
export function fitReason(reason: string): string {
  if (Buffer.byteLength(reason) <= MAX_REASON_BYTES) return reason;
  let text = "";
  let bytes = 0;
  for (const character of reason) {
    bytes += Buffer.byteLength(character);
    if (bytes > MAX_REASON_BYTES - 3) break;
    text += character;
  }
  return `${text}…`;
}
