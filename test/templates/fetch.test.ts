import { describe, expect, it } from "vitest";
import { Account, Position } from "../fixtures/world/generated/client-ts/world/index.js";
import { ManualClock } from "./manual-clock.js";
import { account, accept, connectedPair, overBoth, startClient, startServer, state } from "./world-client.js";

describe("fetch over hetu.2", () => {
  it("asks for a page with its count and for the one behind it", async () => {
    const { client, connection } = await connectedPair();
    const first = client.query(Account).fetch("number", 1, 9, { limit: 2, desc: true, count: true });
    expect(await connection.nextRaw()).toStrictEqual([5, 5, 1, 1, 9, 2, true, null, true]);
    connection.sendRaw([
      9,
      [
        [2, 9, 0],
        [1, 8, 0],
      ],
      4,
      Uint8Array.of(1, 2, 3),
    ]);
    const page = await first;
    expect(page).toStrictEqual({
      rows: [
        { id: 2n, number: 9, balance: 0n },
        { id: 1n, number: 8, balance: 0n },
      ],
      count: 4,
      next: Uint8Array.of(1, 2, 3),
    });
    expect(Object.isFrozen(page.rows)).toBe(true);
    const second = client.query(Account).fetch("number", 1, 9, { limit: 2, desc: true, after: page.next });
    expect(await connection.nextRaw()).toStrictEqual([5, 5, 1, 1, 9, 2, true, Uint8Array.of(1, 2, 3), false]);
    connection.sendRaw([9, [], null, null]);
    expect(await second).toStrictEqual({ rows: [], count: undefined, next: undefined });
  });

  it("is asked again on the next link when it was not answered", async () => {
    const { server, client, connection } = await connectedPair();
    const page = client.query(Account).fetch("number");
    await connection.expect("read");
    connection.drop();
    const next = await accept(server);
    await next.expect("read");
    next.sendRaw([9, [[1, 1, 0]], null, null]);
    expect((await page).rows).toHaveLength(1);
  });

  it("rejects with the server's reason, and with a mismatch of what came", async () => {
    const { client, connection } = await connectedPair();
    const pages = [client.query(Account).fetch("number"), client.query(Account).fetch("number")];
    connection.sendRaw([6, "FORBIDDEN", "not you"], [9, [[1, "one", 0]], null, null]);
    await expect(pages[0]).rejects.toMatchObject({ refusal: "FORBIDDEN", reason: "not you" });
    await expect(pages[1]).rejects.toMatchObject({ path: "Account.number" });
  });
});

overBoth(() => {
  describe("fetch", () => {
    it("waits for the connection, and rejects when its signal is aborted, its time is over or the client closes", async () => {
      const clock = new ManualClock();
      const server = await startServer({ answersHandshake: false });
      const client = startClient(server.url, { clock, callTimeoutMs: 400 });
      const controller = new AbortController();
      const aborted = client.query(Account).fetch("number", 1, 2, { signal: controller.signal });
      controller.abort("enough");
      await expect(aborted).rejects.toBe("enough");
      await expect(client.query(Account).fetch("id", 1n, 2n, { signal: controller.signal })).rejects.toBe("enough");
      const late = client.query(Account).fetch("number");
      clock.advance(400);
      await expect(late).rejects.toThrow(
        "the fetch of Account.number was not answered within 400 ms: the connection is connecting",
      );
      const closed = client.query(Account).fetch("number");
      client.close();
      await expect(closed).rejects.toMatchObject({ code: "CONNECTION_CLOSED" });
      expect(clock.pending).toStrictEqual([]);
    });

    it("checks bounds before anything is sent", async () => {
      const { client, connection } = await connectedPair();
      expect(() => client.query(Account).fetch("number", 0.5)).toThrow("Account.number must be a whole number");
      expect(connection.unread).toStrictEqual([]);
    });
  });
});

describe("fetch over hetu.1", () => {
  const pinned = { protocols: ["hetu.1"] as const };

  it("is a subscription that is ended at once", async () => {
    const { client, connection } = await connectedPair(pinned, { protocol: "hetu.1" });
    const page = client.query(Account).fetch("number", 1, 9, { count: true });
    expect((await connection.expect("sub")).query).toMatchObject({ left: 1, right: 9 });
    connection.send("sub", "A", [account(1n, 1)]);
    expect(await page).toStrictEqual({
      rows: [{ id: 1n, number: 1, balance: 0n }],
      count: undefined,
      next: undefined,
    });
    expect((await connection.expect("unsub")).subscription).toBe("A");
  });

  it("shares the subscription of a live query with the same parameters and leaves it alone", async () => {
    const { client, connection } = await connectedPair(pinned, { protocol: "hetu.1" });
    const range = client.query(Account).range("number", 1, 9);
    connection.send("sub", "A", [account(1n, 1)]);
    await range.ready;
    await connection.expect("sub");
    expect((await client.query(Account).fetch("number", 1, 9)).rows).toBe(range.rows);
    expect(connection.unread).toStrictEqual([]);
  });

  it("is asked again on the next link, and refused with what there is no more to know", async () => {
    const { server, client, connection } = await connectedPair(pinned, { protocol: "hetu.1" });
    const page = client.query(Account).fetch("number");
    await connection.expect("sub");
    connection.drop();
    await state(client, "waiting");
    const next = await accept(server);
    await next.expect("sub");
    next.send("sub", null, []);
    await expect(page).rejects.toMatchObject({ code: "SUBSCRIPTION_REFUSED", refusal: undefined });
    const after = client.query(Position).fetch("x", null, null, { after: new Uint8Array(1) });
    await expect(after).rejects.toThrow("hetu.1 has no pages");
  });
});
