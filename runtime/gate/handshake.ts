import { readHandshake, WireError, writeHandshake } from "../wire/frames.js";

/** The answer to a handshake when `jsonb` is the only layer. */
export const HANDSHAKE_ANSWER = writeHandshake([]);

/** @returns why the handshake is none; `undefined` when it is right: no layer but `jsonb`, which has no entry. */
export function handshakeProblem(bytes: Uint8Array): string | undefined {
  const expected = "handshake: expected an array of 0 entries (layers: jsonb)";
  try {
    const { length } = readHandshake(bytes);
    return length === 0 ? undefined : `${expected}, got ${length}`;
  } catch (error) {
    if (error instanceof WireError) return `${expected}: ${error.message}`;
    throw error;
  }
}
