import type { IncomingMessage } from "node:http";
import { SUBPROTOCOL } from "../wire/hetu2/kinds.js";
import type { WireSettings } from "./layers/wire-settings.js";
import { isPrivateLink } from "./link-security.js";

/** What comes of a client's offer. */
export type Negotiated = typeof SUBPROTOCOL | "none" | "readable";

/**
 * Whether hetu.2 is spoken on a new connection. `readable`: it was offered, and others could read along on the way,
 * so that tokens and secrets would be no secrets.
 */
export function negotiate(
  offered: ReadonlySet<string>,
  request: IncomingMessage,
  { hetu2, plaintext }: WireSettings,
  trustedProxies: number,
): Negotiated {
  if (!offered.has(SUBPROTOCOL) || hetu2.length === 0) return "none";
  if (plaintext || hetu2.includes("crypto") || isPrivateLink(request, trustedProxies)) return SUBPROTOCOL;
  return "readable";
}
