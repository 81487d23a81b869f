import { describe, expect, it } from "vitest";
import {
  Account,
  ConnectionClosedError,
  Inventory,
  Position,
  SubscriptionRefusedError,
} from "../fixtures/world/generated/client-ts/world/index.js";
import { listen } from "./listen.js";
import { account, accept, connectedPair, state, overBoth } from "./world-client.js";

overBoth(() => {
  describe("a live row", () => {
    it("is the window of one row at its key, live before the row exists and after another takes the key", async () => {
      const { client, connection } = await connectedPair();
      const row = client.query(Position).get({ owner: 7n });
      expect((await connection.expect("sub")).query).toMatchObject({
        index: "owner",
        left: 7n,
        right: 7n,
        limit: 1,
        force: true,
      });
      connection.send("sub", "P7", []);
      await row.ready;
      expect(row.row).toBeUndefined();
      const at = (id: bigint, x: number): unknown => ({ id, owner: 7, zone: 0, x, y: 0 });
      for (const [rows, id, x] of [
        [new Map([[1n, at(1n, 5)]]), 1n, 5],
        [
          new Map<bigint, unknown>([
            [1n, null],
            [2n, at(2n, 6)],
          ]),
          2n,
          6,
        ],
      ] as const) {
        const changed = new Promise((resolve) => row.onChange(resolve));
        connection.update("P7", rows);
        await changed;
        expect(row.row).toStrictEqual({ id, owner: 7n, zone: 0, x, y: 0 });
      }
    });

    it("asks by several columns in the order of the index", async () => {
      const { client, connection } = await connectedPair();
      client.query(Inventory).get({ item: 3, owner: 7n });
      expect((await connection.expect("sub")).query).toMatchObject({
        index: "owner,item",
        left: [7n, 3],
        right: [7n, 3],
      });
    });

    it("can be asked for by id beyond 2^53", async () => {
      const { client, connection } = await connectedPair();
      client.query(Account).get({ id: 2n ** 60n + 1n });
      expect((await connection.expect("sub")).query).toMatchObject({ index: "id", left: 2n ** 60n + 1n });
    });
  });

  describe("after a reconnect", () => {
    it("a live query tells the one difference, without rows that did not change", async () => {
      const { server, client, connection } = await connectedPair();
      const range = client.query(Account).range("number");
      connection.send("sub", "A1", [account(1n, 1), account(2n, 2), account(3n, 3)]);
      await range.ready;
      const told = listen(range);
      const same = range.rows[1];
      connection.drop();
      await state(client, "waiting");
      expect([range.stale, client.stale, range.rows.length]).toStrictEqual([true, true, 3]);
      const next = await accept(server);
      await next.expect("sub");
      const resynced = new Promise<void>((resolve) => client.onResynced(resolve));
      next.send("sub", "other id", [account(2n, 2), account(3n, 3, 9), account(4n, 4)]);
      await resynced;
      expect(told).toStrictEqual(["stale", "-1", "3=0→3=9", "+4=0", "resynced"]);
      expect([range.stale, client.stale]).toStrictEqual([false, false]);
      expect(range.rows[0]).toBe(same);
      const changed = new Promise((resolve) => range.onChange(resolve));
      next.update("other id", new Map([[4n, null]]));
      await changed;
      expect(range.rows.map(({ number }) => number)).toStrictEqual([2, 3]);
    });

    it("nothing is told before all live queries are up to date, updates meanwhile included", async () => {
      const { server, client, connection } = await connectedPair();
      const accounts = client.query(Account).range("number");
      const positions = client.query(Position).range("x");
      connection.send("sub", "A", [account(1n, 1)]);
      connection.send("sub", "P", []);
      await Promise.all([accounts.ready, positions.ready]);
      const told = listen(accounts);
      accounts.onInsert(() => told.push(`${positions.rows.length} positions`));
      connection.drop();
      const next = await accept(server);
      expect((await next.expect("sub")).query.table).toBe("Account");
      expect((await next.expect("sub")).query.table).toBe("Position");
      next.send("sub", "A", [account(1n, 1, 5), account(2n, 2)]);
      next.update(
        "A",
        new Map<bigint, unknown>([
          [1n, account(1n, 1)],
          [3n, account(3n, 3)],
        ]),
      );
      next.update("A", new Map<bigint, unknown>([[2n, null]]));
      const echo = client.calls.echo("after");
      next.send("sub", "P", [{ id: 9, owner: 1, zone: 1, x: 2, y: 3 }]);
      await next.expectCall("echo");
      next.send("rsp", "after");
      await echo;
      expect(told).toStrictEqual(["stale", "+3=0", "1 positions", "resynced"]);
    });

    it("live queries are restored before calls that waited are sent", async () => {
      const { server, client, connection } = await connectedPair();
      client.query(Account).range("number");
      connection.send("sub", "A", []);
      connection.drop();
      await state(client, "waiting");
      void client.calls.echo("waited").catch(() => undefined);
      const next = await accept(server);
      await next.expect("sub");
      expect(await next.expectCall("echo")).toStrictEqual(["waited"]);
    });

    it("a live query that was disposed meanwhile holds nobody up", async () => {
      const { server, client, connection } = await connectedPair();
      const kept = client.query(Account).range("number");
      const dropped = client.query(Position).range("x");
      connection.send("sub", "A", []);
      connection.send("sub", "P", []);
      await Promise.all([kept.ready, dropped.ready]);
      connection.drop();
      const next = await accept(server);
      await next.expect("sub");
      await next.expect("sub");
      const resynced = new Promise<void>((resolve) => client.onResynced(resolve));
      next.send("sub", "A", []);
      dropped.dispose();
      next.send("sub", "P", []);
      await resynced;
      expect((await next.expect("unsub")).subscription).toBe("P");
    });

    it("the client is resynced at once when it has no live queries", async () => {
      const { server, client, connection } = await connectedPair();
      const told: string[] = [];
      client.onStale(() => told.push("stale"));
      client.onResynced(() => told.push("resynced"));
      connection.drop();
      await state(client, "waiting");
      await accept(server);
      await client.connected();
      expect(told).toStrictEqual(["stale", "resynced"]);
    });

    it("a second loss before the first was made good is one stale time", async () => {
      const { server, client, connection } = await connectedPair();
      const range = client.query(Account).range("number");
      connection.send("sub", "A", [account(1n, 1)]);
      await range.ready;
      const told = listen(range);
      connection.drop();
      const second = await accept(server);
      await second.expect("sub");
      second.drop();
      const third = await accept(server);
      await third.expect("sub");
      const resynced = new Promise<void>((resolve) => range.onResynced(resolve));
      third.send("sub", "A", [account(1n, 1)]);
      await resynced;
      expect(told).toStrictEqual(["stale", "resynced"]);
    });

    it("a live query that is no longer allowed loses its rows", async () => {
      const { server, client, connection } = await connectedPair();
      const range = client.query(Account).range("number");
      connection.send("sub", "A", [account(1n, 1)]);
      await range.ready;
      const told = listen(range);
      connection.drop();
      const next = await accept(server);
      await next.expect("sub");
      const failed = new Promise((resolve) => range.onError(resolve));
      next.send("sub", null, []);
      expect(await failed).toBeInstanceOf(SubscriptionRefusedError);
      expect(told).toStrictEqual(["stale", "-1", "SubscriptionRefusedError"]);
    });
  });

  describe("for await over a live query", () => {
    it("gives the rows as inserts and then each change, and ends with dispose", async () => {
      const { client, connection } = await connectedPair();
      const range = client.query(Account).range("number");
      connection.send("sub", "A", [account(1n, 1)]);
      const seen: string[] = [];
      for await (const { kind, row, old } of range) {
        seen.push(`${kind} ${(row ?? old)?.number}`);
        if (seen.length === 1) connection.update("A", new Map([[2n, account(2n, 2)]]));
        if (seen.length === 2) connection.update("A", new Map<bigint, unknown>([[1n, null]]));
        if (seen.length === 3) range.dispose();
      }
      expect(seen).toStrictEqual(["insert 1", "insert 2", "delete 1"]);
    });

    it("throws when the query is refused", async () => {
      const { client, connection } = await connectedPair();
      const range = client.query(Account).range("number");
      connection.send("sub", null, []);
      const loop = async (): Promise<void> => {
        for await (const change of range) throw new Error(`unexpected ${change.kind}`);
      };
      await expect(loop()).rejects.toThrow(SubscriptionRefusedError);
    });

    it("ends when the client closes", async () => {
      const { client, connection } = await connectedPair();
      const range = client.query(Account).range("number");
      connection.send("sub", "A", [account(1n, 1)]);
      const seen: string[] = [];
      for await (const { kind } of range) {
        seen.push(kind);
        client.close();
      }
      expect(seen).toStrictEqual(["insert"]);
      expect(range.rows).toHaveLength(1);
    });
  });

  describe("a closed client", () => {
    it("fails new live queries", async () => {
      const { client } = await connectedPair();
      client.close();
      const range = client.query(Account).range("number");
      await expect(range.ready).rejects.toThrow(ConnectionClosedError);
    });
  });
});
