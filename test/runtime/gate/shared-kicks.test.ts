import { expect, test, vi } from "vitest";
import { useRedis } from "../../redis/index.js";
import { call, ClustersProcess, open, rowsOf } from "./clusters-world.js";
import { LONG } from "./shared-world.js";

const redis = useRedis();

test("when many log in as one user at once and kick the others, the one that committed last stays, alone", async () => {
  const server = await redis.server();
  const processes: ClustersProcess[] = [];
  for (let i = 0; i < 3; i++) processes.push(await ClustersProcess.start(redis, server, { resumeWindow: LONG }));
  const [first] = processes as [ClustersProcess];
  try {
    for (let round = 0; round < 5; round++) {
      const clients = await Promise.all(Array.from({ length: 12 }, (_, i) => open(processes[i % 3]?.port ?? 0)));
      const logins = await Promise.all(clients.map((client) => call(client, "login", 5, true)));
      const kicked = new Set<number>();
      for (const [i, { closed }] of clients.entries()) {
        void closed.then(({ code }) => {
          if (code === 4001) kicked.add(i);
        });
      }
      await vi.waitFor(() => expect(kicked.size).toBe(clients.length - 1), { timeout: 20_000 });
      const winner = clients.findIndex((_, i) => !kicked.has(i));
      expect(await call(clients[winner] as (typeof clients)[number], "sit", 1)).toBe(5);
      await vi.waitFor(async () => {
        expect((await rowsOf(first, "Online")).map(({ link }) => link)).toEqual([logins[winner]]);
      });
      await clients[winner]?.close();
      await vi.waitFor(async () => expect(await rowsOf(first, "core.Connection")).toEqual([]));
    }
  } finally {
    for (const each of processes) await each.close();
  }
});
