import { describe, expect, it } from "vitest";
import { Account, Position, Profile, Shout } from "../fixtures/world/generated/client-ts/world/index.js";
import { connectedPair } from "./world-client.js";

describe("an update of hetu.2", () => {
  it("is seen in all live queries before anybody is told, and its events follow", async () => {
    const { client, connection } = await connectedPair();
    const accounts = client.query(Account).range("number");
    const positions = client.query(Position).range("x");
    connection.sendRaw([4, 1, 1, [[1, 1, 10]]], [4, 2, 1, []]);
    await Promise.all([accounts.ready, positions.ready]);
    const told: string[] = [];
    const look = (who: string) => (): void => {
      told.push(`${who}: ${accounts.rows.map(({ balance }) => balance).join()} ${positions.rows.length}`);
    };
    accounts.onUpdate(look("account"));
    positions.onInsert(look("position"));
    client.events.on(Shout, look("event"));
    connection.sendRaw([7, 2, 1, [[[2, 1, 11]]], 2, [[], [[4, 7, 0, 1, 2]]]], [8, 0, { from: 1, text: "" }], [1]);
    await client.calls.any();
    expect(told).toStrictEqual(["account: 11 1", "position: 11 1", "event: 11 1"]);
  });

  it("of some columns makes a new frozen row that keeps the other values", async () => {
    const { client, connection } = await connectedPair();
    const range = client.query(Profile).range("id");
    connection.sendRaw([
      4,
      1,
      1,
      [
        [1, 7, "a", "s"],
        [2, 8, "b", null],
      ],
    ]);
    await range.ready;
    const [first, second] = range.rows;
    const changed = new Promise((resolve) => range.onUpdate((row, old) => resolve([row, old])));
    connection.sendRaw([
      7,
      2,
      1,
      [
        [
          [0b110, 1, "c", null],
          [0b100, 2, "now seen"],
        ],
      ],
    ]);
    expect(await changed).toStrictEqual([{ id: 1n, owner: 7n, name: "c" }, first]);
    expect(first).toStrictEqual({ id: 1n, owner: 7n, name: "a", secret: "s" });
    expect(range.rows[1]).toStrictEqual({ id: 2n, owner: 8n, name: "b", secret: "now seen" });
    expect(range.rows.every((row) => Object.isFrozen(row))).toBe(true);
    expect(second).not.toBe(range.rows[1]);
  });

  it("that is about a row which the client does not have fails that query alone", async () => {
    const { client, connection } = await connectedPair();
    const [range, other] = [client.query(Account).range("number"), client.query(Account).range("id")];
    connection.sendRaw([4, 1, 1, []], [4, 2, 1, [[1, 1, 0]]]);
    await Promise.all([range.ready, other.ready]);
    const failed = new Promise((resolve) => range.onError(resolve));
    connection.sendRaw([7, 2, 1, [[[2, 1, 5]]], 2, [[[2, 1, 5]]]]);
    expect(await failed).toMatchObject({ code: "SCHEMA_MISMATCH", path: "Account" });
    expect(other.rows).toStrictEqual([{ id: 1n, number: 1, balance: 5n }]);
  });

  it.each([
    ["an answer before the welcome", [1, 1]],
    ["a second welcome", [0, 1, null, null, 0, false]],
    ["rows that nobody asked for", [4, 1, 1, []]],
    ["a mask with too few values", [7, 1, 1, [[[3, 1, 1]]]]],
  ])("%s ends the link", async (name, frame) => {
    const { connection } = await connectedPair({ reconnect: false }, name.includes("before") ? {} : {});
    connection.sendRaw(frame);
    await connection.closed;
    expect(connection.unread).toStrictEqual([]);
  });
});

describe("refusals of hetu.2", () => {
  it("say why", async () => {
    const { client, connection } = await connectedPair();
    const range = client.query(Account).range("number");
    connection.sendRaw([6, "SCAN_LIMIT", "scans 10001 rows, 10000 are allowed"]);
    await expect(range.ready).rejects.toMatchObject({
      code: "SUBSCRIPTION_REFUSED",
      refusal: "SCAN_LIMIT",
      reason: "scans 10001 rows, 10000 are allowed",
      message: "the server refused the query of Account by number: SCAN_LIMIT (scans 10001 rows, 10000 are allowed)",
    });
  });

  it("of what is impossible are not asked for again after a call, others are", async () => {
    const { client, connection } = await connectedPair();
    const [first, second] = [client.query(Account).range("number"), client.query(Account).range("id")];
    connection.sendRaw([6, "UNKNOWN_INDEX", ""], [6, "TOO_MANY_SUBSCRIPTIONS", ""]);
    await Promise.allSettled([first.ready, second.ready]);
    connection.sendRaw([1]);
    await client.calls.any();
    const asked = [await connection.expect("sub"), await connection.expect("sub")];
    await connection.expectCall("any");
    expect([...asked, await connection.expect("sub")].map(({ query }) => query.index)).toStrictEqual([
      "number",
      "id",
      "id",
    ]);
  });
});
