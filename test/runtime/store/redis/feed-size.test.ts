import { afterEach, expect, it, vi } from "vitest";
import { parseRedisUrl } from "../../../../runtime/store/redis/address.js";
import type { RedisLink } from "../../../../runtime/store/redis/link.js";
import { openLink } from "../../../../runtime/store/redis/open-link.js";
import type { RedisStore } from "../../../../runtime/store/redis/redis-store.js";
import { useRedis } from "../../../redis/index.js";
import { NO_READS } from "../positions.js";
import { freshTag, openStore, type TestStoreOptions } from "./open-store.js";

const MIB = 1024 * 1024;

const redis = useRedis();
const opened: { readonly store: RedisStore; readonly link: RedisLink }[] = [];
afterEach(async () => {
  for (const { store, link } of opened.splice(0)) {
    await store.close();
    await link.close();
  }
});

async function open(url: string, tag: string, options: TestStoreOptions): Promise<RedisStore> {
  const link = await openLink(parseRedisUrl(url));
  const store = await openStore(link, tag, options);
  opened.push({ store, link });
  return store;
}

/** So many commits, each with an entry of about so many bytes. */
async function commits(store: RedisStore, count: number, bytes: number): Promise<void> {
  const message = new Uint8Array(bytes);
  for (let done = 0; done < count; done += 50) {
    await Promise.all(Array.from({ length: 50 }, () => store.commit(NO_READS, [], message)));
  }
}

it("keeps the feed within its bytes where entries are large, and within its length where they are small", async () => {
  const server = await redis.server();
  const tag = freshTag();
  const store = await open(server.url, tag, { worker: 1, feedLength: 5000, feedBytes: MIB });
  const memory = async (): Promise<number> => Number(await server.command("MEMORY", "USAGE", `${tag}:f`, "SAMPLES", 0));
  const length = async (): Promise<number> => Number(await server.command("XLEN", `${tag}:f`));
  await commits(store, 1000, 100);
  expect(await length()).toBe(1000);
  await commits(store, 1000, 16_384);
  expect(await memory()).toBeLessThan(1.2 * MIB);
  expect(await length()).toBeGreaterThan(16);
  await commits(store, 4000, 100);
  expect(await memory()).toBeLessThan(2 * MIB);
  expect(await length()).toBeGreaterThan(2000);
});

it("goes on with a reset in a process for which the feed was too short", async () => {
  const server = await redis.server();
  const proxy = await redis.proxy(server);
  const tag = freshTag();
  const store = await open(server.url, tag, { worker: 1, feedBytes: MIB });
  const other = await open(proxy.url, tag, { worker: 2 });
  const resets: number[] = [];
  other.onReset((position) => resets.push(position));
  proxy.hold();
  await commits(store, 200, 16_384);
  proxy.cut();
  proxy.resume();
  await vi.waitUntil(() => other.position === store.position, { timeout: 20_000 });
  expect(resets.length).toBe(1);
});
