import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type ServerOptions } from "hetu";
import { afterEach, beforeEach, expect, test } from "vitest";
import { useRedis } from "../../redis/index.js";
import { clusterSystems } from "./clusters-server.js";

const redis = useRedis();
let data: string;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "hetu-embedded-left-"));
});
afterEach(() => rm(data, { recursive: true, force: true }));

/** Starts a server of `clusters`, stops it, and gives what it warned of embedded data. */
async function warnings(options: Partial<ServerOptions>): Promise<string[]> {
  const told: string[] = [];
  const ignore = (): void => undefined;
  const warn = (_fields: object, message: string): void => void told.push(message);
  const server = createServer({
    implementation: clusterSystems(),
    host: "127.0.0.1",
    port: 0,
    data,
    log: { debug: ignore, info: ignore, warn, error: ignore, fatal: ignore },
    ...options,
  });
  await server.listen();
  await server.close();
  return told.filter((message) => message.includes("embedded"));
}

test("the first start on a Redis warns once that the data of the embedded store is not moved", async () => {
  const { url } = await redis.server();
  expect(await warnings({})).toEqual([]);
  const [warning, ...others] = await warnings({ store: { url } });
  expect(warning).toContain(`the embedded store has data of it in ${join(data, "clusters")}`);
  expect(warning).toContain("docs/redis.md");
  expect(others).toEqual([]);
  expect(await warnings({ store: { url } })).toEqual([]);
});

test("the first start on a Redis warns of nothing where the embedded store has no data of the instance", async () => {
  const { url } = await redis.server();
  expect(await warnings({ store: { url } })).toEqual([]);
});
