import { describe, expect, it } from "vitest";
import {
  Account,
  ConnectionClosedError,
  Inventory,
  Profile,
  SchemaMismatchError,
  SubscriptionRefusedError,
  Thing,
} from "../fixtures/world/generated/client-ts/world/index.js";
import { listen } from "./listen.js";
import { account, accept, connectedPair, startClient, startServer, overBoth } from "./world-client.js";

overBoth(() => {
  describe("a subscription of live queries", () => {
    it("is one subscription with others of the same parameters, and ends with the last", async () => {
      const { client, connection } = await connectedPair();
      const first = client.query(Account).range("number", 1, 9);
      const second = client.query(Account).range("number", 1, 9);
      connection.send("sub", "A1", [account(1n, 1)]);
      await Promise.all([first.ready, second.ready]);
      const third = client.query(Account).range("number", 1, 9);
      const told = listen(third);
      await third.ready;
      expect(told).toStrictEqual(["+1=0"]);
      expect(third.rows).toBe(first.rows);
      await connection.expect("sub");
      first.dispose();
      third.dispose();
      client.query(Account).range("number", 2);
      expect((await connection.expect("sub")).query).toMatchObject({ left: 2 });
      connection.send("sub", "A2", []);
      second.dispose();
      expect((await connection.expect("unsub")).subscription).toBe("A1");
    });

    it("tells nothing any more once it is disposed, not even in the middle of a batch", async () => {
      const { client, connection } = await connectedPair();
      const range = client.query(Account).range("number");
      const told: number[] = [];
      range.onInsert((row) => {
        told.push(row.number);
        range.dispose();
      });
      connection.send("sub", "A1", [account(1n, 1), account(2n, 2)]);
      await connection.expect("sub");
      await connection.expect("unsub");
      expect(told).toStrictEqual([1]);
      expect([range.disposed, range.stale]).toStrictEqual([true, true]);
    });

    it("that is disposed before its answer is ended once the answer has come", async () => {
      const { client, connection } = await connectedPair();
      const range = client.query(Account).range("number");
      await connection.expect("sub");
      range.dispose();
      await expect(range.ready).rejects.toThrow(ConnectionClosedError);
      connection.send("sub", "A1", [account(1n, 1)]);
      expect((await connection.expect("unsub")).subscription).toBe("A1");
    });

    it("takes over the subscription of one that was disposed before its answer", async () => {
      const { client, connection } = await connectedPair();
      client.query(Account).range("number").dispose();
      const range = client.query(Account).range("number");
      await connection.expect("sub");
      connection.send("sub", "A1", [account(1n, 1)]);
      await range.ready;
      const echo = client.calls.echo("after");
      expect(await connection.expectCall("echo")).toStrictEqual(["after"]);
      connection.send("rsp", "after");
      await echo;
      expect(range.rows).toHaveLength(1);
    });

    it("that is disposed before it was sent is never sent", async () => {
      const server = await startServer();
      const client = startClient(server.url);
      client.query(Account).range("number").dispose();
      void client.calls.echo("first").catch(() => undefined);
      expect(await (await accept(server)).expectCall("echo")).toStrictEqual(["first"]);
    });

    it("does not end the subscription of another that the server takes for the same", async () => {
      const { client, connection } = await connectedPair();
      const everything = client.query(Thing).range("u8Value");
      connection.send("sub", "T", []);
      await everything.ready;
      const same = client.query(Thing).range("u8Value", 0, 255);
      everything.dispose();
      await connection.expect("sub");
      await connection.expect("sub");
      connection.send("sub", "T", []);
      await same.ready;
      void client.calls.any().catch(() => undefined);
      await connection.expectCall("any");
      same.dispose();
      expect((await connection.expect("unsub")).subscription).toBe("T");
    });

    it("ignores updates of a subscription that it has ended", async () => {
      const { client, connection } = await connectedPair();
      const range = client.query(Account).range("number");
      connection.send("sub", "A1", []);
      await range.ready;
      range.dispose();
      const again = client.query(Account).range("number");
      connection.update("A1", new Map([[1n, account(1n, 1)]]));
      connection.send("sub", "A1", [account(2n, 2)]);
      await again.ready;
      expect(again.rows.map(({ number }) => number)).toStrictEqual([2]);
    });

    it("fails with SubscriptionRefusedError when the caller may not", async () => {
      const { client, connection } = await connectedPair();
      const range = client.query(Inventory).range("owner", 1n);
      connection.send("sub", null, []);
      await expect(range.ready).rejects.toThrow(SubscriptionRefusedError);
      expect(range.error).toMatchObject({ component: "Inventory", index: "owner" });
      expect(range.stale).toBe(true);
    });

    it("is tried again after a reconnect when it was refused", async () => {
      const { server, client, connection } = await connectedPair();
      const range = client.query(Account).range("number");
      const told = listen(range);
      connection.send("sub", null, []);
      await expect(range.ready).rejects.toThrow(SubscriptionRefusedError);
      connection.drop();
      const next = await accept(server);
      await next.expect("sub");
      const changed = new Promise((resolve) => range.onChange(resolve));
      next.send("sub", "A1", [account(1n, 1)]);
      await changed;
      expect([range.error, range.stale]).toStrictEqual([undefined, false]);
      expect(told).toStrictEqual(["SubscriptionRefusedError", "+1=0", "resynced"]);
    });

    it("fails alone when the server's rows are of another schema", async () => {
      const { client, connection } = await connectedPair();
      const range = client.query(Account).range("number");
      const told = listen(range);
      connection.send("sub", "A1", [{ id: 1, number: 1 }]);
      await expect(range.ready).rejects.toThrow(SchemaMismatchError);
      expect(range.error?.message).toMatch(/^Account\.balance came as (nothing|null) instead of a 64-bit integer/);
      await connection.expect("sub");
      expect((await connection.expect("unsub")).subscription).toBe("A1");
      expect(told).toStrictEqual(["SchemaMismatchError"]);
      expect(client.connection.status).toBe("connected");
    });

    it("takes its rows back when an update cannot be read", async () => {
      const { client, connection } = await connectedPair();
      const range = client.query(Account).range("number");
      connection.send("sub", "A1", [account(1n, 1)]);
      await range.ready;
      const told = listen(range);
      const failed = new Promise((resolve) => range.onError(resolve));
      connection.update("A1", new Map([[1n, { id: 1, number: "one", balance: 0 }]]));
      expect(await failed).toBeInstanceOf(SchemaMismatchError);
      expect(told).toStrictEqual(["-1", "SchemaMismatchError"]);
      await connection.expect("sub");
      await connection.expect("unsub");
    });

    it("reports what a handler throws, and goes on with the others", async () => {
      const { client, connection } = await connectedPair();
      const range = client.query(Account).range("number");
      const failure = new Error("in a handler");
      range.onInsert(() => {
        throw failure;
      });
      const told = listen(range);
      const errors: unknown[] = [];
      client.onError((error) => errors.push(error));
      connection.send("sub", "A1", [account(1n, 1)]);
      await range.ready;
      expect(errors).toStrictEqual([failure]);
      expect(told).toStrictEqual(["+1=0"]);
    });

    it("reads every type: flags, enums it knows and not, bytes, columns that only owners get", async () => {
      const { client, connection } = await connectedPair();
      const things = client.query(Thing).range("id");
      const base = { i8_value: 1, i16_value: 2, i32_value: 3, i64_value: 4, u8_value: 5, u16_value: 6, u32_value: 7 };
      const more = { u64_value: 18446744073709551615n, f32_value: 1.5, f64_value: 2, at: 1_700_000_000_000, name: "n" };
      connection.send("sub", "T", [
        { id: 1, owner: 2n ** 62n, flag: 1, ...base, ...more, team: 5, data: Uint8Array.of(1, 2) },
        { id: 2, owner: 1, flag: 0, ...base, ...more, team: 77, data: new Uint8Array(0) },
      ]);
      await things.ready;
      expect(things.rows[0]).toMatchObject({
        id: 1n,
        owner: 2n ** 62n,
        flag: true,
        u64Value: 18446744073709551615n,
        team: "blue",
      });
      expect(things.rows[0]?.data).toStrictEqual(Uint8Array.of(1, 2));
      expect(things.rows[1]).toMatchObject({ owner: 1n, flag: false, team: 77, at: 1_700_000_000_000 });

      const profiles = client.query(Profile).range("id");
      connection.send("sub", "P", [
        { id: 1, owner: 1, name: "a", secret: "s" },
        { id: 2, owner: 2, name: "b" },
      ]);
      await profiles.ready;
      expect(profiles.rows).toStrictEqual([
        { id: 1n, owner: 1n, name: "a", secret: "s" },
        { id: 2n, owner: 2n, name: "b" },
      ]);
    });
  });
});
