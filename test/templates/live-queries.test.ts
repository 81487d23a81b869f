import { describe, expect, it } from "vitest";
import {
  Account,
  type Change,
  ConnectionClosedError,
  exclusive,
  Inventory,
  type LiveRange,
  Position,
  Profile,
  SchemaMismatchError,
  SchemaValueError,
  SubscriptionRefusedError,
  Thing,
} from "../fixtures/world/generated/client-ts/world/index.js";
import { account, accept, connectedPair, startClient, startServer, state } from "./world-client.js";

/** Everything that a live query tells, as short texts. */
function listen(range: LiveRange<Account>): string[] {
  const told: string[] = [];
  range.onInsert((row) => told.push(`+${row.number}=${row.balance}`));
  range.onUpdate((row, old) => told.push(`${old.number}=${old.balance}→${row.number}=${row.balance}`));
  range.onDelete((old) => told.push(`-${old.number}`));
  range.onStale(() => told.push("stale"));
  range.onResynced(() => told.push("resynced"));
  range.onError((error) => told.push(error.name));
  return told;
}

describe("a live range", () => {
  it("asks for its range and shows the rows in the order of the index", async () => {
    const { client, connection } = await connectedPair();
    const range = client.query(Account).range("number", 1, 9, { limit: 5 });
    const told = listen(range);
    expect((await connection.expect("sub")).query).toStrictEqual({
      kind: "range",
      table: "Account",
      index: "number",
      left: 1,
      right: 9,
      limit: 5,
      desc: false,
      force: true,
    });
    expect([range.rows, range.stale]).toStrictEqual([[], true]);
    connection.send("sub", "A1", [account(11n, 3), account(10n, 2, 7n)]);
    await range.ready;
    expect(range.rows).toStrictEqual([
      { id: 10n, number: 2, balance: 7n },
      { id: 11n, number: 3, balance: 0n },
    ]);
    expect(range.stale).toBe(false);
    expect(told).toStrictEqual(["+2=7", "+3=0"]);
  });

  it("tells deletes, then updates, then inserts, when all of them are to be seen already", async () => {
    const { client, connection } = await connectedPair();
    const range = client.query(Account).range("number", 1, 9);
    connection.send("sub", "A1", [account(1n, 1), account(2n, 2), account(3n, 3)]);
    await range.ready;
    const told = listen(range);
    const changes = new Promise<readonly Change<Account>[]>((resolve) => range.onChange(resolve));
    range.onDelete(() => told.push(`rows ${range.rows.map(({ number }) => number).join()}`));
    connection.update(
      "A1",
      new Map<bigint, unknown>([
        [5n, account(5n, 4)],
        [2n, account(2n, 9)],
        [1n, null],
        [3n, account(3n, 3, 1)],
      ]),
    );
    expect((await changes).map(({ kind }) => kind)).toStrictEqual(["delete", "update", "update", "insert"]);
    expect(told).toStrictEqual(["-1", "rows 3,4,9", "3=0→3=1", "2=0→9=0", "+4=0"]);
  });

  it("keeps rows frozen, and the same objects while they do not change", async () => {
    const { client, connection } = await connectedPair();
    const range = client.query(Account).range("number");
    connection.send("sub", "A1", [account(1n, 1), account(2n, 2)]);
    await range.ready;
    const [before, rows] = [range.rows[0], range.rows];
    expect(range.rows).toBe(rows);
    expect([Object.isFrozen(rows), Object.isFrozen(before)]).toStrictEqual([true, true]);
    const changed = new Promise((resolve) => range.onChange(resolve));
    connection.update("A1", new Map([[2n, account(2n, 5)]]));
    await changed;
    expect(range.rows).not.toBe(rows);
    expect(range.rows[0]).toBe(before);
  });

  it("tells nothing of an update that changes no column", async () => {
    const { client, connection } = await connectedPair();
    const range = client.query(Account).range("number");
    connection.send("sub", "A1", [account(1n, 1)]);
    await range.ready;
    const told = listen(range);
    const changed = new Promise((resolve) => range.onChange(resolve));
    connection.update("A1", new Map([[1n, account(1n, 1)]]));
    connection.update("A1", new Map([[1n, account(1n, 1, 5)]]));
    await changed;
    expect(told).toStrictEqual(["1=0→1=5"]);
  });

  it("shows the greatest first with desc", async () => {
    const { client, connection } = await connectedPair();
    const range = client.query(Account).range("number", null, null, { desc: true });
    expect((await connection.expect("sub")).query).toMatchObject({ left: -Infinity, right: Infinity, desc: true });
    connection.send("sub", "A1", [account(2n, 2), account(1n, 1)]);
    await range.ready;
    const changed = new Promise((resolve) => range.onChange(resolve));
    connection.update("A1", new Map([[3n, account(3n, 3)]]));
    await changed;
    expect(range.rows.map(({ number }) => number)).toStrictEqual([3, 2, 1]);
  });

  it("refuses bounds, limits and indexes that make no sense, before anything is sent", async () => {
    const { client, connection } = await connectedPair();
    const things = client.query(Thing);
    expect(() => things.range("u8Value", 0, 256)).toThrow(
      "Thing.u8_value must be a whole number from 0 to 255; got 256",
    );
    expect(() => things.range("team", "green" as never)).toThrow(
      'Thing.team must be one of "red", "blue"; got "green"',
    );
    expect(() => things.range("f32Value", NaN)).toThrow(SchemaValueError);
    expect(() => things.range("u8Value", 0, 1, { limit: 0 })).toThrow("limited to a whole number from 1; got 0");
    expect(() => things.range("data" as never)).toThrow(/Thing must be queried by one of "id", "owner"/);
    expect(() => things.range("team,f32Value", [] as never)).toThrow("bounded by an array of 1 to 2 of its columns");
    expect(() => things.range("u8Value", exclusive(3))).toThrow("null on the right means no end");
    expect(() => things.get({ flag: true } as never)).toThrow("the key has { flag }");
    expect(connection.unread).toStrictEqual([]);
  });

  it.each([
    ["a value", () => ["i32Value", 1, 2] as const, [1, 2]],
    ["one value", () => ["i32Value", 1] as const, [1, 1]],
    ["no left end", () => ["i32Value", null, 2] as const, [-Infinity, 2]],
    ["no end of text", () => ["name", "a", null] as const, ["a", []]],
    ["no bounds", () => ["at"] as const, [-Infinity, Infinity]],
    ["no bounds of two columns", () => ["team,f32Value"] as const, [[], []]],
    ["a flag", () => ["flag", false, true] as const, [0, 1]],
    ["an enum", () => ["team", "red", "blue"] as const, [0, 5]],
    ["exclusive numbers", () => ["f64Value", exclusive(-1.5), exclusive(2n as never)] as const, undefined],
    [
      "exclusive bigints",
      () => ["u64Value", exclusive(1n), 18446744073709551615n] as const,
      ["(1", 18446744073709551615n],
    ],
    ["exclusive text", () => ["name", exclusive("a"), exclusive("(b")] as const, ["(a", "((b"]],
    ["text that looks marked", () => ["name", "(a", "[b"] as const, ["[(a", "[[b"]],
    ["a prefix", () => ["team,f32Value", ["blue"]] as const, [[5], [5]]],
    ["exclusive columns", () => ["team,f32Value", exclusive(["red", 0.5]), ["blue"]] as const, [[0, "(0.5"], [5]]],
  ])("sends bounds as hetu.1 has them: %s", async (_name, bounds, expected) => {
    const { client, connection } = await connectedPair();
    const range = client.query(Thing).range as (...args: readonly unknown[]) => unknown;
    if (expected === undefined) {
      expect(() => range(...bounds())).toThrow(SchemaValueError);
      return;
    }
    range(...bounds());
    const { query } = await connection.expect("sub");
    expect(query).toMatchObject({ left: expected[0], right: expected[1] });
  });

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
    expect(told).toStrictEqual(["SubscriptionRefusedError", "+1=0"]);
  });

  it("fails alone when the server's rows are of another schema", async () => {
    const { client, connection } = await connectedPair();
    const range = client.query(Account).range("number");
    const told = listen(range);
    connection.send("sub", "A1", [{ id: 1, number: 1 }]);
    await expect(range.ready).rejects.toThrow(SchemaMismatchError);
    expect(range.error?.message).toMatch(/^Account\.balance came as nothing instead of a 64-bit integer/);
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
