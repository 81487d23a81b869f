import { expect, test } from "vitest";
import { WireClient } from "./wire-client.js";
import { startWorld } from "./world-server.js";

const LONG = "x".repeat(1000);

/** Asks for answers that nobody reads until the server's side of the socket is full. */
async function clog(client: WireClient, isClogged: () => boolean): Promise<number> {
  client.socket.pause();
  let asked = 0;
  while (!isClogged()) {
    for (let n = 0; n < 500; n++) client.send("rpc", "echo", LONG);
    asked += 500;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return asked;
}

test("a reader that lags gets every answer, but updates merged by row, and ends up with the last state", async () => {
  const world = await startWorld({ limits: { messagesPerSecond: Infinity, socketBuffer: 64 * 1024 } });
  const [slow, mover] = await Promise.all([WireClient.open(world.port), WireClient.open(world.port)]);
  await slow.call("login", 1);
  await mover.call("login", 2);
  await mover.call("move_to", 1, 0);
  slow.send("sub", "Position", "get", "owner", 2);
  await slow.next();

  const [client] = [...(world.server.instances.get("world")?.gate.clients.all() ?? [])];
  const asked = await clog(slow, () => client?.stalledAt !== undefined);
  for (let y = 1; y <= 500; y++) await mover.call("move_to", 1, y);
  expect(world.server.counters.mergedUpdates).toBeGreaterThan(400);

  slow.socket.resume();
  let answers = 0;
  const seen: number[] = [];
  while (answers < asked || seen.at(-1) !== 500) {
    const frame = await slow.next();
    if (frame[0] === "rsp") answers++;
    else seen.push(Object.values(frame[2] as Record<string, { y: number }>)[0]?.y ?? -1);
  }
  expect(answers).toBe(asked);
  expect(seen.length).toBeLessThan(100);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  await world.close();
});

test("past the bound a slow reader is disconnected with a reason, and others do not notice", async () => {
  const world = await startWorld({
    limits: { messagesPerSecond: Infinity, socketBuffer: 64 * 1024, maxBacklog: 256 * 1024 },
  });
  const [slow, other] = await Promise.all([WireClient.open(world.port), WireClient.open(world.port)]);
  await slow.call("login", 1);
  await other.call("login", 2);
  const [client] = [...(world.server.instances.get("world")?.gate.clients.all() ?? [])];
  await clog(slow, () => client?.stalledAt !== undefined);
  for (let n = 0; world.server.counters.slowReaders === 0; n++) {
    const text = `${n} ${"y".repeat(100)}`;
    other.send("rpc", "shout", text);
    expect(await other.take(2)).toEqual([
      ["evt", "Shout", { from: 2, text }],
      ["rsp", "ok"],
    ]);
  }
  slow.socket.resume();
  const { code, reason } = await slow.closed;
  expect(code).toBe(1013);
  expect(reason).toMatch(/^slow reader: \d+ bytes wait, over max_backlog \(262144\)$/);
  await world.close();
});
