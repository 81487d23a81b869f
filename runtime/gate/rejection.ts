import { encodeMessage } from "../wire/frames.js";

/** The fourth element of a `rej` frame with a built-in code. */
export function reasonFields(reason: string): Uint8Array {
  return encodeMessage({ reason });
}
