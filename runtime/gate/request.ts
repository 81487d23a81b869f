import { readClientFrame, WireError, type ClientFrame } from "../wire/frames.js";

/** A frame of a client as the gate queues it. */
export type Request =
  | Exclude<ClientFrame, { kind: "motd" }>
  /** A call above a limit: takes its turn like others, so that answers stay in order. */
  | { readonly kind: "limited"; readonly name: string; readonly reason: string };

/** @returns the frame; `malformed`, with a reason for a close frame, when the bytes are none. Never throws. */
export function readRequest(
  bytes: Uint8Array,
): Request | { readonly kind: "motd" } | { readonly kind: "malformed"; readonly reason: string } {
  try {
    return readClientFrame(bytes);
  } catch (error) {
    if (error instanceof WireError) return { kind: "malformed", reason: error.message };
    throw error;
  }
}
