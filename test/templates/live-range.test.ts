import { describe, expect, it } from "vitest";
import {
  Account,
  type Change,
  exclusive,
  SchemaValueError,
  Thing,
} from "../fixtures/world/generated/client-ts/world/index.js";
import { listen } from "./listen.js";
import { account, connectedPair, overBoth } from "./world-client.js";

overBoth(() => {
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
  });
});
