import type { IncomingMessage } from "node:http";
import { isIP, isIPv4 } from "node:net";

/**
 * The address that limits count by. Each proxy appends the address that it sees to `X-Forwarded-For`; with `n` trusted
 * proxies the client is the n-th entry from the end — what stands before it, the client may have made up.
 *
 * @param trustedProxies how many proxies of ours a connection passes through; 0: the header is not looked at.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const direct = request.socket.remoteAddress ?? "unknown";
  if (trustedProxies === 0) return limitKey(direct);
  const header = request.headers["x-forwarded-for"];
  const chain = (Array.isArray(header) ? header.join(",") : (header ?? ""))
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  chain.push(direct);
  const client = chain[Math.max(0, chain.length - 1 - trustedProxies)] ?? direct;
  return limitKey(isIP(client) === 0 ? direct : client);
}

/** IPv4 as it is, also when mapped into IPv6; of IPv6 the network of 64 bits that one subscriber usually gets. */
function limitKey(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (isIPv4(address) || isIP(address) === 0) return address;
  const [head = "", tail] = (address.split("%")[0] ?? "").split("::");
  const groups = head === "" ? [] : head.split(":");
  if (tail !== undefined) {
    const rest = tail === "" ? [] : tail.split(":");
    while (groups.length + rest.length < 8) groups.push("0");
    groups.push(...rest);
  }
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}
