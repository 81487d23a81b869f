import { connection, everybody, user } from "hetu";
import { expect, test } from "vitest";
import { Shout } from "../../fixtures/world/generated/server-ts/world/index.js";
import { WireClient } from "./wire-client.js";
import { ADMIN, KICKER, startWorld } from "./world-server.js";

test("logging in with kick closes the user's other connections with a code of its own", async () => {
  const world = await startWorld();
  const [old, other, fresh] = await Promise.all([1, 2, 3].map(() => WireClient.open(world.port)));
  await old!.call("login", KICKER);
  await other!.call("login", 5);
  await fresh!.call("login", KICKER);
  expect(await old!.closed).toEqual({ code: 4001, reason: "kicked: user 77 logged in on another connection" });
  expect(await other!.call("whoami")).toEqual(["rsp", 5]);
  expect(await fresh!.call("whoami")).toEqual(["rsp", 77]);
  await world.close();
});

test("rows that a login makes visible arrive before its answer", async () => {
  const world = await startWorld();
  const [writer, reader] = await Promise.all([WireClient.open(world.port), WireClient.open(world.port)]);
  await writer.call("login", 8);
  await writer.call("buy", 1, 2);
  await reader.call("login", 9);
  reader.send("sub", "Inventory", "range", "owner", 0, 100);
  expect(await reader.next()).toEqual(["sub", "Inventory.owner[0:100:1][:10]", []]);
  reader.send("rpc", "login", 8);
  const [update, answer] = await reader.take(2);
  expect(update?.slice(0, 2)).toEqual(["updt", "Inventory.owner[0:100:1][:10]"]);
  expect(Object.values(update?.[2] as object)).toMatchObject([{ owner: 8, item: 1, count: 2 }]);
  expect(answer).toEqual(["rsp", 8]);
  reader.send("rpc", "login", 9);
  const [gone, back] = await reader.take(2);
  expect(Object.values(gone?.[2] as object)).toEqual([null]);
  expect(back).toEqual(["rsp", 9]);
  await world.close();
});

test("the group of an admin opens what is for admins", async () => {
  const world = await startWorld();
  const client = await WireClient.open(world.port);
  await client.call("login", 5);
  expect((await client.call("wipe"))[2]).toBe("FORBIDDEN");
  await client.call("login", ADMIN);
  expect(await client.call("wipe")).toEqual(["rsp", "ok"]);
  await world.close();
});

test("events reach everybody, all connections of a user, or one connection", async () => {
  const world = await startWorld({
    systems: {
      shout(ctx, text) {
        const to = text === "all" ? everybody : text === "user" ? user(5n) : connection(ctx.connection!);
        ctx.send(to, Shout, { from: ctx.caller!, text });
      },
    },
  });
  const [first, second, other] = await Promise.all([1, 2, 3].map(() => WireClient.open(world.port)));
  await first!.call("login", 5);
  await second!.call("login", 5);
  await other!.call("login", 6);
  const event = (text: string): unknown[] => ["evt", "Shout", { from: 5, text }];

  first!.send("rpc", "shout", "all");
  expect(await first!.take(2)).toEqual([event("all"), ["rsp", "ok"]]);
  expect(await second!.next()).toEqual(event("all"));
  expect(await other!.next()).toEqual(event("all"));

  first!.send("rpc", "shout", "user");
  expect(await first!.take(2)).toEqual([event("user"), ["rsp", "ok"]]);
  expect(await second!.next()).toEqual(event("user"));

  first!.send("rpc", "shout", "one");
  expect(await first!.take(2)).toEqual([event("one"), ["rsp", "ok"]]);
  expect(await second!.call("echo", "nothing")).toEqual(["rsp", "nothing"]);
  expect(await other!.call("echo", "nothing")).toEqual(["rsp", "nothing"]);
  await world.close();
});

test("a rejected call sends no event and logs nobody in", async () => {
  const world = await startWorld({
    systems: {
      login(ctx, id) {
        ctx.elevate(id);
        return ctx.abort();
      },
    },
  });
  const client = await WireClient.open(world.port);
  expect((await client.call("login", 5)).slice(0, 3)).toEqual(["rej", "login", "ABORTED"]);
  expect(await client.call("whoami")).toEqual(["rsp", null]);
  await world.close();
});

test("a session value that is set shows rows before the answer, one that is unset hides them before it", async () => {
  const world = await startWorld({
    systems: {
      joinGuild: (ctx, guild) => void (ctx.session.guild = guild === 0n ? undefined : guild),
      async any(ctx) {
        await ctx.Notice.insert({ guild: 7n, text: "hello" });
      },
    },
  });
  const client = await WireClient.open(world.port);
  await client.call("login", 5);
  await client.call("any");
  client.send("sub", "Notice", "range", "guild", 0, 100);
  expect((await client.next())[2]).toEqual([]);
  client.send("rpc", "join_guild", 7);
  const [shown, joined] = await client.take(2);
  expect(Object.values(shown?.[2] as object)).toMatchObject([{ guild: 7, text: "hello" }]);
  expect(joined).toEqual(["rsp", "ok"]);
  client.send("rpc", "join_guild", 0);
  const [hidden, left] = await client.take(2);
  expect(Object.values(hidden?.[2] as object)).toEqual([null]);
  expect(left).toEqual(["rsp", "ok"]);
  await world.close();
});

test("a call of a kicked connection still takes effect, is not answered, and kicks nobody itself", async () => {
  let proceed: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (proceed = resolve));
  let entered: () => void = () => undefined;
  const running = new Promise<void>((resolve) => (entered = resolve));
  let leave: (caller: bigint | undefined) => void = () => undefined;
  const left = new Promise<bigint | undefined>((resolve) => (leave = resolve));
  const world = await startWorld({
    systems: {
      async transfer(ctx, number, _to, amount) {
        const account = await ctx.Account.upsert({ number });
        account.balance = amount;
        ctx.elevate(KICKER, { kick: true });
        if (amount !== 1n) return 0n;
        entered();
        await held;
        return 1n;
      },
      left: (ctx) => leave(ctx.caller),
    },
  });
  const [old, fresh] = await Promise.all([WireClient.open(world.port), WireClient.open(world.port)]);
  await old.call("login", KICKER);
  old.send("rpc", "transfer", 1, 0, 1);
  await running;
  await fresh.call("login", KICKER);
  expect((await old.closed).code).toBe(4001);
  proceed();
  expect(await left).toBe(KICKER);
  fresh.send("sub", "Account", "get", "number", 1);
  expect((await fresh.next())[2]).toMatchObject({ number: 1, balance: 1 });
  expect(await fresh.call("whoami")).toEqual(["rsp", 77]);
  await world.close();
});
