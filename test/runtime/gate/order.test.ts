import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WireClient } from "./wire-client.js";
import { startWorld, type WorldServer } from "./world-server.js";

let world: WorldServer;
beforeAll(async () => {
  world = await startWorld({
    limits: { messagesPerSecond: Infinity },
    systems: {
      // Not the system `slow`: its `@timeout` would make the answer a matter of how busy the machine is.
      async echo(_ctx, text) {
        const milliseconds = Number(/^wait (\d)$/.exec(text)?.[1] ?? 0);
        if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
        return text;
      },
    },
  });
});
afterAll(() => world.close());

test("answers come in the order of the requests, whatever these are and however long they take", async () => {
  const request = fc.oneof(
    fc.record({ kind: fc.constant("echo" as const), text: fc.string({ maxLength: 20 }) }),
    fc.record({ kind: fc.constant("echo" as const), text: fc.constantFrom("wait 1", "wait 2", "wait 3") }),
    fc.record({ kind: fc.constant("transfer" as const), from: fc.nat(3), to: fc.nat(3) }),
    fc.record({ kind: fc.constant("sub" as const), left: fc.nat(5) }),
    fc.record({ kind: fc.constant("clock" as const) }),
    fc.record({ kind: fc.constant("unknown" as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 40 }), async (requests) => {
      const client = await WireClient.open(world.port);
      const expected = requests.map((each): unknown[] => {
        switch (each.kind) {
          case "echo":
            client.send("rpc", "echo", each.text);
            return ["rsp", each.text];
          case "transfer":
            client.send("rpc", "transfer", each.from, each.to, 1000);
            return ["rej", "transfer", "NotEnough", expect.anything()];
          case "sub":
            client.send("sub", "Account", "range", "number", each.left, 5, 3);
            return ["sub", `Account.number[${each.left}:5:1][:3]`, expect.any(Array)];
          case "clock":
            client.send("clock");
            return ["clock", expect.any(BigInt)];
          case "unknown":
            client.send("rpc", "unknown");
            return ["rej", "unknown", "UNKNOWN_SYSTEM", expect.anything()];
        }
      });
      // Every transfer is rejected: nothing is committed, so that no update stands among the answers.
      expect(await client.take(expected.length)).toEqual(expected);
      await client.close();
    }),
    { numRuns: 40 },
  );
});

test("calls of one connection take effect one after the other, each seeing the one before", async () => {
  const client = await WireClient.open(world.port);
  await client.call("login", 61);
  for (let x = 0; x < 200; x++) client.send("rpc", "buy", 1, 1);
  const answers = await client.take(200);
  expect(answers).toEqual(Array.from({ length: 200 }, (_, x) => ["rsp", { item: 1, left: x + 1, notes: [] }]));
  await client.close();
});

test("a call's own updates come before its answer, its events between the two", async () => {
  const client = await WireClient.open(world.port);
  await client.call("login", 62);
  await client.call("move_to", 1, 1);
  client.send("sub", "Position", "get", "owner", 62);
  await client.next();
  client.send("rpc", "shout", "hello");
  const frames = await client.take(3);
  expect(frames.map(([kind]) => kind)).toEqual(["updt", "evt", "rsp"]);
  expect(frames[1]).toEqual(["evt", "Shout", { from: 62, text: "hello" }]);
  await client.close();
});

test("what a subscriber is told of other connections' calls comes in commit order", async () => {
  const [watcher, mover] = await Promise.all([WireClient.open(world.port), WireClient.open(world.port)]);
  await watcher.call("login", 63);
  await mover.call("login", 64);
  await mover.call("move_to", 1000, 0);
  watcher.send("sub", "Position", "get", "owner", 64);
  await watcher.next();
  for (let y = 1; y <= 100; y++) mover.send("rpc", "move_to", 1000, y);
  const updates = await watcher.take(100);
  const seen = updates.map((frame) => Object.values(frame[2] as Record<string, { y: number }>)[0]?.y);
  expect(seen).toEqual(Array.from({ length: 100 }, (_, y) => y + 1));
  await Promise.all([watcher.close(), mover.close()]);
});

test("the updates of one transaction arrive side by side, whoever else writes at the same time", async () => {
  const crowd = await startWorld({
    limits: { messagesPerSecond: Infinity },
    systems: {
      async transfer(ctx, from, to) {
        const numbers = [from, to, 3];
        for (const number of numbers) {
          const account = await ctx.Account.upsert({ number });
          account.balance += 1n;
        }
        return 0n;
      },
    },
  });
  const [watcher, ...writers] = await Promise.all([1, 2, 3, 4].map(() => WireClient.open(crowd.port)));
  for (const number of [1, 2, 3]) {
    watcher!.send("sub", "Account", "range", "number", number, number);
    await watcher!.next();
  }
  for (let n = 0; n < 50; n++) for (const writer of writers) writer.send("rpc", "transfer", 1, 2, 1);
  const updates = await watcher!.take(50 * writers.length * 3);
  const seen = updates.map(([kind, id, rows]) => {
    const [row] = Object.values(rows as Record<string, { number: number; balance: number }>);
    return [kind, id, row?.balance];
  });
  const expected = Array.from({ length: 50 * writers.length }, (_, n) =>
    [1, 2, 3].map((number) => ["updt", `Account.number[${number}:${number}:1][:10]`, n + 1]),
  );
  expect(seen).toEqual(expected.flat());
  await crowd.close();
});
