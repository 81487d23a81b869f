import fc from "fast-check";
import { expect, test } from "vitest";
import { SessionHistory } from "../../../runtime/gate/session-history.js";
import { encodeMessage } from "../../../runtime/wire/frames.js";
import { writeSubscribed } from "../../../runtime/wire/hetu2/server-frames.js";
import { ArrayView } from "../live/array-view.js";
import { callable, component, Hetu2Client, indexOf, resumeOf } from "./hetu2-client.js";
import { LONG, useResumable } from "./resume-world.js";
import { worldSystems, worldWithoutAccount } from "./world-server.js";

const worlds = useResumable();

test("code can be exchanged: clients of hetu.2 stay, or come back when the schema is another one", async () => {
  const world = await worlds.start({ swappable: true, wire: { resumeWindow: LONG } });
  const client = await Hetu2Client.open(world.port);
  await client.call("login", 5);
  const before = await client.subscribe("Position", "owner", 5, null);
  await world.server.swap(worldSystems({ echo: () => "new" }));
  expect(await client.call("echo", "")).toEqual({ kind: "result", value: "new" });
  client.send(1, callable("move_to"), 3, 4);
  const update = await client.next();
  expect(update).toMatchObject({
    kind: "update",
    changes: [{ subscription: before.kind === "subscribed" && before.subscription }],
  });
  await client.next();
  const next = worldWithoutAccount();
  const wire = { fingerprint: "00".repeat(32), description: next.schema.wire.description };
  await world.server.swap({ ...next, schema: { ...next.schema, wire } });
  expect((await client.closed).code).toBe(1001);
  const again = await Hetu2Client.open(world.port, { resume: resumeOf(client) });
  expect(again.welcome.resumed).toBe(true);
  expect(again.welcome.description).toBeDefined();
  expect(await again.subscribe("Position", "owner", 5, null, { held: [] })).toMatchObject({ kind: "subscribed" });
});

test("a client that comes back while code is being exchanged gets all rows", async () => {
  const { told, port, open, server } = await worlds.gated({ swappable: true });
  const [busy, client] = [await Hetu2Client.open(port), await Hetu2Client.open(port)];
  await client.call("login", 5);
  await client.call("move_to", 1, 1);
  await client.subscribe("Position", "owner", 5, null);
  busy.send(1, callable("echo"), "");
  await told.until("waiting");
  const swapped = server.swap(worldSystems());
  await client.drop();
  const again = await Hetu2Client.open(port, { resume: resumeOf(client) });
  expect(again.welcome.resumed).toBe(true);
  const answer = again.subscribe("Position", "owner", 5, null, { held: [] });
  open();
  await swapped;
  expect(await answer).toMatchObject({ kind: "subscribed" });
});

test("after code was exchanged, becoming somebody else makes nothing known that was not", () => {
  const history = new SessionHistory();
  history.position = 5;
  history.forget();
  history.identityChanged();
  expect(history.since(9)).toBeUndefined();
});

test("wherever the link breaks, what a client had, caught up, is what a fresh subscription gives", async () => {
  const world = await worlds.start({ wire: { resumeWindow: LONG }, limits: { messagesPerSecond: Infinity } });
  const { port } = world;
  const writers = await Promise.all([0, 1, 2].map(() => Hetu2Client.open(port)));
  for (const [at, writer] of writers.entries()) await writer.call("login", 100 + at);
  let reader = await Hetu2Client.open(port);
  await reader.call("login", 5);
  const query = ["Position", "x", 0, 50] as const;
  const subscribe = [3, component(query[0]), indexOf(query[0], query[1]), query[2], query[3], 2, false];
  const bytesOf = (frame: Awaited<ReturnType<Hetu2Client["next"]>>): Uint8Array => {
    if (frame.kind !== "subscribed") throw new Error(`expected subscribed, got ${JSON.stringify(frame)}`);
    return writeSubscribed(frame.subscription, frame.position, encodeMessage(frame.rows));
  };
  reader.send(...subscribe);
  let view = new ArrayView("Position", bytesOf(await reader.next()));
  let caughtUp = 0;
  const moves = fc.array(fc.record({ who: fc.nat(2), x: fc.integer({ min: -20, max: 70 }) }), {
    minLength: 1,
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(moves, moves, fc.nat({ max: 12 }), async (during, after, seen) => {
      const move = ({ who, x }: { who: number; x: number }): void => writers[who]?.send(1, callable("move_to"), x, 0);
      during.forEach(move);
      // The link breaks after any number of frames.
      for (let count = 0; count < Math.min(seen, during.length); count++) {
        const soon = new Promise<undefined>((resolve) => setImmediate(() => resolve(undefined)));
        await soon;
      }
      reader.socket.terminate();
      const applied = reader.drain();
      const position = reader.position;
      for (const frame of applied) {
        if (frame.kind !== "update") continue;
        for (const { delta } of frame.changes) view.apply(delta, false);
      }
      after.forEach(move);
      const resume = { token: reader.welcome.token as Uint8Array, position };
      reader = await Hetu2Client.open(port, { resume });
      expect(reader.welcome.resumed).toBe(true);
      reader.send(...subscribe, [...view.rows.keys()]);
      const answer = await reader.next();
      const fresh = await Hetu2Client.open(port);
      if (answer.kind === "caughtUp") {
        caughtUp++;
        view.apply(answer.delta, false);
      } else {
        view = new ArrayView("Position", bytesOf(answer));
      }
      // Everything that was sent has been done when its writer is answered once more.
      for (const writer of writers) {
        writer.send(6);
        while ((await writer.next()).kind !== "clock");
      }
      reader.send(6);
      for (let frame = await reader.next(); frame.kind !== "clock"; frame = await reader.next()) {
        if (frame.kind === "update") for (const { delta } of frame.changes) view.apply(delta, false);
      }
      await fresh.call("login", 6);
      fresh.send(...subscribe);
      const expected = new ArrayView("Position", bytesOf(await fresh.next()));
      const sorted = (one: ArrayView): unknown[] =>
        [...one.rows.values()].sort((a, b) => (BigInt(a[0] as bigint) < BigInt(b[0] as bigint) ? -1 : 1));
      expect(sorted(view)).toEqual(sorted(expected));
      await fresh.close();
    }),
    { numRuns: 60 },
  );
  expect(caughtUp).toBeGreaterThan(30);
});
