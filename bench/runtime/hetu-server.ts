import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type ServerOptions } from "hetu";
import { implementation } from "./systems.js";

/**
 * The runtime under measurement: default settings, but for the limits that exist to stop what a benchmark does, and the
 * protocols and layers that the first argument may name.
 */
const [wire] = process.argv.slice(2);
const data = await mkdtemp(join(tmpdir(), "hetu-bench-"));
const server = createServer({
  implementation,
  data,
  host: "127.0.0.1",
  port: 0,
  ...(wire !== undefined && { wire: JSON.parse(wire) as NonNullable<ServerOptions["wire"]> }),
  limits: {
    connectionsPerAddress: 100_000,
    anonymousPerAddress: 100_000,
    messagesPerSecond: 1e9,
    messagesBurst: 1e9,
    subscriptions: 1_000,
  },
});
await server.listen();
process.send!({ port: server.port, path: "/hetu/bench" });

process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send!({ memory: process.memoryUsage().rss / 1e6, cpu: user + system });
});
process.on("disconnect", () => {
  void server.close().then(async () => {
    await rm(data, { recursive: true, force: true });
    process.exit();
  });
});
