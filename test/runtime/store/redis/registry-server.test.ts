import { describe, expect, it } from "vitest";
import { checkServer, checkVersion } from "../../../../runtime/store/redis/registry/server-checks.js";
import { readServerInfo } from "../../../../runtime/store/redis/registry/server-info.js";
import {
  RedisCommandsError,
  RedisEvictionError,
  RedisReplicaError,
  RedisVersionError,
} from "../../../../runtime/store/redis/registry/start-errors.js";
import { useRedis } from "../../../redis/index.js";
import { TAG, useProcesses } from "./registry-world.js";

const redis = useRedis();
const run = useProcesses();

interface Checked {
  readonly product: string;
  readonly version: string;
  readonly warnings: number;
}

async function check(url: string): Promise<Checked> {
  const { link } = await run(url);
  let warnings = 0;
  const ignore = (): void => undefined;
  const log = { info: ignore, error: ignore, warn: () => void warnings++ };
  const { product, version } = await checkServer(link, TAG, "redis://here", log);
  return { product, version, warnings };
}

describe("the checks of a server", () => {
  it("pass one that keeps a file, warn of one that does not, and know it by its name and version", async () => {
    const kept = await redis.server({ aof: "everysec" });
    const { product, version, warnings } = await check(kept.url);
    expect(warnings).toBe(0);
    const own = (await kept.info("server")).get(product === "Redis" ? "redis_version" : "server_name");
    expect([version, product.toLowerCase()]).toContain(own);
    expect(await check((await redis.server()).url)).toEqual({ product, version, warnings: 1 });
  });

  it("refuse a server that evicts, unless its memory has no limit", async () => {
    const evicting = ["--maxmemory-policy", "allkeys-lru"];
    const refused = check((await redis.server({ args: ["--maxmemory", "100mb", ...evicting] })).url);
    await expect(refused).rejects.toThrow(RedisEvictionError);
    await expect(refused).rejects.toThrow("maxmemory-policy allkeys-lru");
    expect((await check((await redis.server({ args: evicting })).url)).warnings).toBe(1);
  });

  it("refuse a replica, and name its primary", async () => {
    const primary = await redis.server();
    const replica = await redis.replica(primary);
    const refused = check(replica.url);
    await expect(refused).rejects.toThrow(RedisReplicaError);
    await expect(refused).rejects.toThrow(`127.0.0.1:${primary.port}`);
  });

  it("refuse a server without the commands that are needed, and name it", async () => {
    const { product, version } = await check((await redis.server()).url);
    const refused = check((await redis.server({ args: ["--rename-command", "EVALSHA_RO", ""] })).url);
    await expect(refused).rejects.toThrow(RedisCommandsError);
    await expect(refused).rejects.toThrow(`redis://here is ${product} ${version}, and HeTu cannot use it`);
  });

  it("take a fork by the version of Redis that it says to be, and name both", () => {
    const said = (...lines: readonly string[]): (() => void) => {
      const info = readServerInfo(["# Server", ...lines, ""].join("\r\n"));
      return () => checkVersion(info, "redis://here");
    };
    expect(said("redis_version:7.0.0")).not.toThrow();
    expect(said("redis_version:10.0.1")).not.toThrow();
    expect(said("redis_version:7.2.4", "server_name:valkey", "valkey_version:8.1.1")).not.toThrow();
    expect(said("redis_version:6.2.7")).toThrow(RedisVersionError);
    expect(said("redis_version:6.2.7")).toThrow("redis://here is Redis 6.2.7, and HeTu needs Redis 7.0 or later");
    expect(said("redis_version:4.0.0", "kvrocks_version:2.9.0")).toThrow(
      "redis://here is Kvrocks 2.9.0, and HeTu needs one that is compatible with Redis 7.0 or later",
    );
    expect(said("version:1")).toThrow("redis://here is Redis of an unknown version");
  });
});
