import { afterEach, expect, test, vi } from "vitest";
import { useRedis } from "../../redis/index.js";
import { records, SharedWorld } from "./shared-world.js";
import { WireClient } from "./wire-client.js";

const redis = useRedis();
let world: SharedWorld | undefined;

afterEach(async () => {
  await world?.close();
  world = undefined;
});

test("a hook that still runs when its process has stopped for too long is run by another one", async () => {
  const { url } = await redis.server();
  let stuck = true;
  const shared = (world = new SharedWorld(
    url,
    { stopDeadline: 50 },
    {
      async left(ctx) {
        shared.told.tell(stuck ? "waiting" : `left ${ctx.connection} as ${ctx.caller}`);
        if (stuck) await new Promise(() => undefined);
      },
    },
  ));
  const first = await shared.start();
  const second = await shared.start();
  const client = await WireClient.open(first.port);
  await client.call("login", 5);
  const [record] = await records(second);
  await client.close();
  await shared.told.until("waiting");
  await first.server.close();
  stuck = false;
  await vi.waitFor(async () => expect(await records(second)).toEqual([]), { timeout: 10_000 });
  expect(shared.told.all).toContain(`left ${record?.id} as 5`);
});
