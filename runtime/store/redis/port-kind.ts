import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { nodeText, type RedisAddress, RedisAddressError, type RedisNode } from "./address.js";

/** Longer than a handshake takes between continents. */
const PROBE_MS = 3_000;

/**
 * Whether a server speaks TLS where the address has none, or has none where the address wants it: neither is told by
 * what a client sees, a connection that is reset or silent. Sends no password.
 * @returns what is wrong with the address; `undefined` when it is not this.
 */
export async function wrongTls({ cluster, tls, nodes }: RedisAddress): Promise<RedisAddressError | undefined> {
  const probes = await Promise.all(nodes.map((node) => (tls ? answersPlainly(node) : shakesHands(node))));
  const node = nodes[probes.indexOf(true)];
  if (node === undefined) return undefined;
  const kind = cluster ? "-cluster" : "";
  const [plain, secure] = [`redis${kind}://`, `rediss${kind}://`];
  const description = tls
    ? `${nodeText(node)} speaks no TLS; write ${plain} instead of ${secure}, or have Redis offer TLS there (tls-port)`
    : `${nodeText(node)} speaks TLS; write ${secure} instead of ${plain}`;
  return new RedisAddressError("scheme", description);
}

/** Whether it answers a command that is not encrypted, be it by a refusal. */
function answersPlainly({ host, port }: RedisNode): Promise<boolean> {
  const socket = connect({ host, port });
  socket.write("PING\r\n");
  return new Promise((resolve) => {
    const done = (answer: boolean): void => end(socket, resolve, answer);
    socket.once("data", (bytes) => done(bytes[0] === 0x2b || bytes[0] === 0x2d)); // "+" or "-"
    watch(socket, done);
  });
}

/** Whether it takes part in a TLS handshake; whose certificate that is does not matter here. */
function shakesHands({ host, port }: RedisNode): Promise<boolean> {
  const socket = connectTls({ host, port, rejectUnauthorized: false });
  return new Promise((resolve) => {
    const done = (answer: boolean): void => end(socket, resolve, answer);
    socket.once("secureConnect", () => done(true));
    watch(socket, done);
  });
}

function watch(socket: Socket, done: (answer: boolean) => void): void {
  socket.setTimeout(PROBE_MS, () => done(false));
  socket.on("error", () => done(false));
  socket.once("close", () => done(false));
}

function end(socket: Socket, resolve: (answer: boolean) => void, answer: boolean): void {
  socket.destroy();
  resolve(answer);
}
