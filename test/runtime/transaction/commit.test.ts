import { describe, expect, it } from "vitest";
import { connection, everybody, user } from "../../../runtime/schema/recipient.js";
import { decodeMessage } from "../../../runtime/wire/message-pack.js";
import { Shout } from "../../fixtures/world/generated/server-ts/world/index.js";
import { onEveryStore } from "./stores.js";
import { somebody, World } from "./world.js";

onEveryStore((stores) => {
  /** What a call says of a commit: where it is told only once it is durable, nothing is left to wait for. */
  const told = (position: number): number => (stores.kind === "embedded" ? position : 0);

  describe("conflicts", () => {
    it("runs the system again, with the number of the attempt and the same time", async () => {
      const world = new World(await stores.open());
      await world.transact(async (ctx) => ctx.Account.insert({ number: 1 }));
      const seen: [number, number][] = [];
      const outcome = await world.script(async (ctx) => {
        seen.push([ctx.attempt, ctx.now]);
        const row = await ctx.Account.upsert({ number: 1 });
        if (ctx.attempt < 3)
          await world.transact(async (other) => other.Account.update({ number: 1 }, { balance: 1n }));
        row.balance += 10n;
      });
      expect(outcome).toMatchObject({ status: "ok", attempts: 3 });
      expect(seen.map(([attempt]) => attempt)).toEqual([1, 2, 3]);
      expect(new Set(seen.map(([, now]) => now)).size).toBe(1);
      expect(world.conflicts).toEqual(["Account", "Account"]);
      expect(await world.transact(async (ctx) => (await ctx.Account.get({ number: 1 }))?.balance)).toBe(11n);
    });

    it("does not believe an error or a reject of a transaction whose reads have changed", async () => {
      const world = new World(await stores.open());
      await world.transact(async (ctx) => ctx.Account.insert({ number: 1 }));
      const outcome = await world.script(async (ctx) => {
        const row = await ctx.Account.get({ number: 1 });
        // What a single look gave would be of one moment, and need not be looked at again.
        await ctx.Account.get({ number: 2 });
        if (ctx.attempt === 1) {
          await world.transact(async (other) => other.Account.update({ number: 1 }, { balance: 1n }));
          throw new Error(`the balance is ${row?.balance}`);
        }
        if (ctx.attempt === 2) {
          await world.transact(async (other) => other.Account.update({ number: 1 }, { balance: 2n }));
          ctx.abort();
        }
        expect(row?.balance).toBe(2n);
      });
      expect(outcome).toMatchObject({ status: "ok", attempts: 3 });
    });

    it("runs a system with @retry(0) once and then gives up", async () => {
      const world = new World(await stores.open(), {
        async neverRetried(ctx) {
          const row = await ctx.Account.upsert({ number: 1 });
          await world.transact(async (other) => {
            (await other.Account.upsert({ number: 1 })).balance += 1n;
          });
          row.balance = 5n;
        },
      });
      expect(await world.call("never_retried")).toMatchObject({
        status: "rejected",
        code: "RETRIES_EXHAUSTED",
        attempts: 1,
      });
    });

    it("validates transactions that only read", async () => {
      const world = new World(await stores.open());
      await world.transact(async (ctx) => {
        await ctx.Account.insert({ number: 1, balance: 1n });
        await ctx.Account.insert({ number: 2, balance: 1n });
      });
      const sums: bigint[] = [];
      await world.script(async (ctx) => {
        const one = await ctx.Account.get({ number: 1 });
        if (ctx.attempt === 1) {
          await world.transact(async (other) => {
            await other.Account.update({ number: 1 }, { balance: 0n });
            await other.Account.update({ number: 2 }, { balance: 2n });
          });
        }
        const two = await ctx.Account.get({ number: 2 });
        sums.push((one?.balance ?? 0n) + (two?.balance ?? 0n));
      });
      expect(sums).toEqual([3n, 2n]);
    });

    it("tells a reader the position that its answer depends on, and 0 when it read nothing", async () => {
      const store = await stores.open();
      const world = new World(store);
      expect(await world.call("echo", [""])).toMatchObject({ position: 0 });
      await world.transact(async (ctx) => ctx.Account.insert({ number: 1 }));
      const { position } = store;
      await world.transact(async (ctx) => ctx.Position.insert({ owner: 1n }));
      expect(await world.script(async (ctx) => ctx.Account.get({ number: 1 }))).toMatchObject({
        position: told(position),
      });
    });
  });

  describe("committing early", () => {
    it("commits at once and refuses everything afterwards", async () => {
      const world = new World(await stores.open(), {
        async neverRetried(ctx) {
          const row = await ctx.Account.insert({ number: 1 });
          await ctx.commit();
          expect(await world.transact(async (other) => (await other.Account.get({ number: 1 }))?.number)).toBe(1);
          expect(() => (row.balance = 1n)).toThrow(expect.objectContaining({ code: "TRANSACTION_CLOSED" }));
          await expect(ctx.Account.get({ number: 1 })).rejects.toMatchObject({ code: "TRANSACTION_CLOSED" });
          throw new Error("afterwards");
        },
      });
      expect(await world.call("never_retried")).toMatchObject({
        status: "failed",
        error: { message: "afterwards" },
        position: told(1),
      });
      expect(await world.transact(async (ctx) => ctx.Account.range("id"))).toHaveLength(1);
    });

    it("runs again when the early commit meets a conflict", async () => {
      const world = new World(await stores.open());
      const outcome = await world.script(async (ctx) => {
        const row = await ctx.Account.upsert({ number: 1 });
        if (ctx.attempt === 1) await world.transact(async (other) => other.Account.insert({ number: 1, balance: 3n }));
        row.balance += 1n;
        await ctx.commit();
      });
      expect(outcome).toMatchObject({ status: "ok", attempts: 2 });
      expect(await world.transact(async (ctx) => (await ctx.Account.get({ number: 1 }))?.balance)).toBe(4n);
    });

    it("stands when the rest takes longer than the @timeout, which the caller is told", async () => {
      const world = new World(await stores.open(), {
        async slow(ctx) {
          await ctx.Account.insert({ number: 1 });
          await ctx.commit();
          await new Promise(() => undefined);
        },
      });
      expect(await world.call("slow", [1])).toMatchObject({ status: "rejected", code: "TIMEOUT", position: told(1) });
      expect(await world.transact(async (ctx) => ctx.Account.range("id"))).toHaveLength(1);
    });

    it("waits for an early commit that user code did not wait for", async () => {
      const world = new World(await stores.open());
      const outcome = await world.script(async (ctx) => {
        await ctx.Account.insert({ number: 1 });
        void ctx.commit();
      });
      expect(outcome).toMatchObject({ status: "ok", position: told(1) });
    });
  });

  describe("effects", () => {
    it("are handed over after the commit, with its position", async () => {
      const store = await stores.open();
      const world = new World(store, {
        async shout(ctx) {
          await ctx.Position.insert({ owner: 1n });
          ctx.send(everybody, Shout, { from: 1n, text: "hi" });
          ctx.send(user(7n), Shout, { from: 1n, text: "you" });
          ctx.send(connection(3n), Shout, { from: 1n, text: "there" });
          expect(world.applied).toEqual([]);
        },
      });
      await world.call("shout", ["x"]);
      const [applied] = world.applied;
      expect(applied).toMatchObject({ connection: 1n, position: store.position });
      expect(applied?.effects.events.map(({ to }) => to.kind)).toEqual(["everybody", "user", "connection"]);
      const [event] = applied?.effects.events ?? [];
      expect(event?.event).toBe("Shout");
      expect(decodeMessage(event?.value ?? new Uint8Array(0))).toEqual({ from: 1, text: "hi" });
    });

    it("of attempts that did not commit are dropped", async () => {
      const world = new World(await stores.open());
      await world.transact(async (ctx) => ctx.Account.insert({ number: 1 }));
      await world.script(async (ctx) => {
        await ctx.Account.get({ number: 1 });
        ctx.send(everybody, Shout, { from: 1n, text: `${ctx.attempt}` });
        if (ctx.attempt === 1)
          await world.transact(async (other) => other.Account.update({ number: 1 }, { balance: 1n }));
      });
      await world.script(async (ctx) => {
        ctx.send(everybody, Shout, { from: 1n, text: "never" });
        await Promise.resolve();
        ctx.abort();
      });
      expect(world.applied.flatMap(({ effects }) => effects.events)).toHaveLength(1);
    });

    it("refuses to log in what is no id, instead of making a caller of it", async () => {
      const world = new World(await stores.open(), {
        login(ctx) {
          ctx.elevate(5 as unknown as bigint);
          return 5n;
        },
      });
      const outcome = await world.call("login", [5n]);
      expect(outcome).toMatchObject({
        status: "failed",
        error: { message: expect.stringContaining("login: the user of elevate must be a bigint") as unknown },
      });
      expect(world.applied).toEqual([]);
    });

    it("elevate and the session take effect at commit; the system reads back what it assigned to the session", async () => {
      const world = new World(await stores.open(), {
        login(ctx, id) {
          ctx.elevate(id, { kick: true, group: "admin" });
          expect(ctx.caller).toBeUndefined();
          return id;
        },
        joinGuild(ctx, guild) {
          expect(ctx.session.guild).toBe(1n);
          ctx.session.guild = guild;
          expect(ctx.session.guild).toBe(guild);
          ctx.session.guild = undefined;
          expect(() => (ctx.session.guild = 5 as unknown as bigint)).toThrow("session.guild");
        },
      });
      await world.call("login", [9n], { principal: somebody({ caller: undefined }) });
      await world.call("join_guild", [2n], { principal: somebody({ session: { guild: 1n } }) });
      expect(world.applied.map(({ effects }) => ({ elevate: effects.elevate, session: effects.session }))).toEqual([
        { elevate: { user: 9n, kick: true, group: "admin" }, session: undefined },
        { elevate: undefined, session: { guild: undefined } },
      ]);
    });
  });
});
