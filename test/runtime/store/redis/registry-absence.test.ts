import { expect, it } from "vitest";
import { useRedis } from "../../../redis/index.js";
import { enter, useProcesses } from "./registry-world.js";

const redis = useRedis();
const run = useProcesses();

it("gives ids without a gap while Redis is away, also when the lease ends meanwhile", async () => {
  const server = await redis.server();
  const process = await run(server.url, { leaseTime: 3000 });
  await enter(process);
  server.pause();
  let last = 0n;
  let afterwards = 0;
  // Far more than the time between two looks at the clock.
  while (afterwards < 1000) {
    const id = process.lease?.nextId() ?? 0n;
    expect(id).toBeGreaterThan(last);
    last = id;
    if (process.lease?.held === false) afterwards++;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  server.resume();
});
