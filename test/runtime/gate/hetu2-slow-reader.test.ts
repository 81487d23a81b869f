import { expect, test } from "vitest";
import { encodeMessage } from "../../../runtime/wire/frames.js";
import { ArrayView } from "../live/array-view.js";
import { writeSubscribed } from "../../../runtime/wire/hetu2/server-frames.js";
import { callable, Hetu2Client } from "./hetu2-client.js";
import { startWorld } from "./world-server.js";

const LONG = "x".repeat(1000);

async function clogged(limits: { maxBacklog?: number } = {}) {
  const world = await startWorld({ limits: { messagesPerSecond: Infinity, socketBuffer: 64 * 1024, ...limits } });
  const [slow, mover] = [await Hetu2Client.open(world.port), await Hetu2Client.open(world.port)];
  await slow.call("login", 1);
  await mover.call("login", 2);
  await mover.call("move_to", 1, 0);
  const answer = await slow.subscribe("Position", "x", 0, 100);
  if (answer.kind !== "subscribed") throw new Error(answer.kind);
  const view = new ArrayView(
    "Position",
    writeSubscribed(answer.subscription, answer.position, encodeMessage(answer.rows)),
  );
  const [client] = [...(world.server.instances.get("world")?.gate.clients.all() ?? [])];
  slow.socket.pause();
  let asked = 0;
  while (client?.stalledAt === undefined) {
    slow.raw(...Array.from({ length: 200 }, () => encodeMessage([1, callable("echo"), LONG])));
    asked += 200;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { world, slow, mover, view, asked };
}

test("a reader that lags gets every answer, and updates in which the columns of many transactions are united", async () => {
  const { world, slow, mover, view, asked } = await clogged();
  for (let step = 1; step <= 200; step++) await mover.call("move_to", step % 50, step);
  expect(world.server.counters.mergedUpdates).toBeGreaterThan(150);
  slow.socket.resume();
  let answers = 0;
  let updates = 0;
  let last: unknown;
  while (answers < asked || last !== 200) {
    const frame = await slow.next();
    if (frame.kind === "result") answers++;
    if (frame.kind !== "update") continue;
    updates++;
    for (const { delta } of frame.changes) view.apply(delta, false);
    last = [...view.rows.values()].find((row) => row[1] === 2)?.[4];
  }
  expect([answers, updates < 100]).toEqual([asked, true]);
  expect([...view.rows.values()].find((row) => row[1] === 2)?.slice(1)).toEqual([2, 0, 0, 200]);
  await world.close();
});

test("a reader that was too slow may resume, and others do not notice", async () => {
  const { world, slow, mover, view } = await clogged({ maxBacklog: 128 * 1024 });
  const [stalled] = [...(world.server.instances.get("world")?.gate.clients.all() ?? [])];
  // Events are never merged.
  while (stalled?.gone !== true) {
    mover.send(1, callable("shout"), "y".repeat(140));
    expect((await mover.take(2)).map(({ kind }) => kind)).toEqual(["event", "result"]);
  }
  slow.socket.resume();
  expect((await slow.closed).code).toBe(1013);
  for (const frame of slow.drain()) {
    if (frame.kind === "update") for (const { delta } of frame.changes) view.apply(delta, false);
  }
  const resume = { token: slow.welcome.token as Uint8Array, position: slow.position };
  const again = await Hetu2Client.open(world.port, { resume });
  expect(again.welcome.resumed).toBe(true);
  expect(await again.call("whoami")).toEqual({ kind: "result", value: 1 });
  await world.close();
});
