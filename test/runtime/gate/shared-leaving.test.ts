import { afterEach, expect, test, vi } from "vitest";
import { useRedis } from "../../redis/index.js";
import { records, SharedWorld } from "./shared-world.js";
import { WireClient } from "./wire-client.js";

const redis = useRedis();
const worlds: SharedWorld[] = [];

afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close().catch(() => undefined);
});

function shared(...parts: ConstructorParameters<typeof SharedWorld>): SharedWorld {
  const world = new SharedWorld(...parts);
  worlds.push(world);
  return world;
}

test("a hook that still runs when its process has stopped for too long is run by another one", async () => {
  const { url } = await redis.server();
  let stuck = true;
  const world = shared(
    url,
    { stopDeadline: 50 },
    {
      async left(ctx) {
        world.told.tell(stuck ? "waiting" : `left ${ctx.connection} as ${ctx.caller}`);
        if (stuck) await new Promise(() => undefined);
      },
    },
  );
  const first = await world.start();
  const second = await world.start();
  const client = await WireClient.open(first.port);
  await client.call("login", 5);
  const [record] = await records(second);
  await client.close();
  await world.told.until("waiting");
  await first.server.close();
  stuck = false;
  await vi.waitFor(async () => expect(await records(second)).toEqual([]), { timeout: 10_000 });
  expect(world.told.all).toContain(`left ${record?.id} as 5`);
});

test("connections of a dead process whose taking over was refused at first end when it can be done", async () => {
  const server = await redis.server();
  const proxy = await redis.proxy(server);
  const failures: string[] = [];
  const log = {
    ...{ debug: () => undefined, info: () => undefined, warn: () => undefined, fatal: () => undefined },
    error: ({ err }: { err?: unknown }) => void failures.push(String(err)),
  };
  const dying = shared(proxy.url, { store: { url: proxy.url, leaseTime: 1000, retryWindow: 2000 } });
  const waiting = shared(server.url, { log });
  const first = await dying.start();
  first.server.on("error", () => undefined);
  const second = await waiting.start();
  const client = await WireClient.open(first.port);
  await client.call("login", 5);
  const [record] = await records(second);
  // Commits are refused, for want of the right to write to the feed; leases and fences are not.
  const allBut = ["~{hetu:world}:*", "~*:m", "~*:t*", "~*:i*", "%R~*:f"];
  await server.command("ACL", "SETUSER", "default", "resetkeys", ...allBut);
  proxy.refuse();
  await vi.waitFor(() => expect(failures.filter((text) => text.includes("NOPERM"))).not.toEqual([]), {
    timeout: 10_000,
  });
  await server.command("ACL", "SETUSER", "default", "allkeys");
  await vi.waitFor(async () => expect(await records(second)).toEqual([]), { timeout: 10_000 });
  expect(waiting.told.all).toContain(`left ${record?.id} as 5 in undefined`);
});
