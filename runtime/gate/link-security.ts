import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { TLSSocket } from "node:tls";

/**
 * Whether nobody between a client and the server can read along: TLS up to here, TLS up to a trusted proxy, or both on
 * one machine.
 *
 * @param trustedProxies how many proxies of ours a connection passes through; 0: their headers are not believed.
 */
export function isPrivateLink(request: IncomingMessage, trustedProxies: number): boolean {
  if (request.socket instanceof TLSSocket) return true;
  const { headers, socket } = request;
  if (trustedProxies > 0) {
    const header = headers["x-forwarded-proto"];
    if (header !== undefined) {
      const schemes = (Array.isArray(header) ? header.join(",") : header).split(",").map((scheme) => scheme.trim());
      // Each proxy appends what it saw, or the outermost alone has written it.
      const outermost = schemes[Math.max(0, schemes.length - trustedProxies)]?.toLowerCase();
      return outermost === "https" || outermost === "wss";
    }
  }
  // A proxy on this machine that nobody told us of: the client is elsewhere.
  if (headers["x-forwarded-for"] !== undefined || headers.forwarded !== undefined) return false;
  return isLoopback(socket.remoteAddress ?? "");
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, "");
  return isIP(plain) !== 0 && (plain === "::1" || plain.startsWith("127."));
}
