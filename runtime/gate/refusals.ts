/** Reasons that more than one place closes a connection with; whoever is told one must not see which place it was. */
export const TEXT_FRAME = "text frames are not part of the protocol, send MessagePack in binary ones";

/** @param handshakeTimeout milliseconds. */
export function noHandshake(handshakeTimeout: number): string {
  return `no handshake within handshake_timeout (${handshakeTimeout} ms)`;
}

/** @param user who has logged in elsewhere and asked for other connections to end. */
export function kicked(user: bigint | undefined): string {
  return `kicked: user ${user} logged in on another connection`;
}
