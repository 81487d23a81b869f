import { describe, expect, it } from "vitest";
import { Account, Shout, Team } from "../fixtures/world/generated/client-ts/world/index.js";
import { account, connectedPair, overBoth } from "./world-client.js";

overBoth(() => {
  describe("events", () => {
    it("reach each handler with an object of its own, until it is taken off", async () => {
      const { client, connection } = await connectedPair();
      const [first, second]: [Shout[], Shout[]] = [[], []];
      const stop = client.events.on(Shout, (shout) => first.push(shout));
      client.events.on(Shout, (shout) => second.push(shout));
      connection.send("evt", "Shout", { from: 5, text: "one" });
      connection.send("rsp", "ok");
      await client.calls.any();
      stop();
      stop();
      connection.send("evt", "Shout", { from: 2n ** 60n, text: "two" });
      connection.send("rsp", "ok");
      await client.calls.any();
      expect(first).toStrictEqual([{ from: 5n, text: "one" }]);
      expect(second).toStrictEqual([
        { from: 5n, text: "one" },
        { from: 2n ** 60n, text: "two" },
      ]);
      expect(first[0]).not.toBe(second[0]);
    });

    it("that nobody waits for, or that the schema does not know, are ignored", async () => {
      const { client, connection } = await connectedPair();
      connection.send("evt", "Shout", { from: 5, text: "one" });
      connection.send("evt", "News", 5);
      connection.send("rsp", "ok");
      await client.calls.any();
      expect(client.connection.status).toBe("connected");
    });

    it("of another schema go to onError and disturb nothing else", async () => {
      const { client, connection } = await connectedPair();
      const errors: unknown[] = [];
      client.onError((error) => errors.push(error));
      const heard: Shout[] = [];
      client.events.on(Shout, (shout) => heard.push(shout));
      connection.send("evt", "Shout", { from: "me" });
      connection.send("evt", "Shout", { from: 1, text: "fine" });
      connection.send("rsp", "ok");
      await client.calls.any();
      expect(errors).toMatchObject([{ code: "SCHEMA_MISMATCH", path: "Shout.from" }]);
      expect(heard).toStrictEqual([{ from: 1n, text: "fine" }]);
    });

    it("come in order with the updates around them", async () => {
      const { client, connection } = await connectedPair();
      const range = client.query(Account).range("number");
      connection.send("sub", "A", []);
      await range.ready;
      const counts: number[] = [];
      client.events.on(Shout, () => counts.push(range.rows.length));
      connection.update("A", new Map([[1n, account(1n, 1)]]));
      connection.send("evt", "Shout", { from: 1, text: "" });
      connection.update("A", new Map([[2n, account(2n, 2)]]));
      connection.send("evt", "Shout", { from: 1, text: "" });
      connection.send("rsp", "ok");
      await client.calls.any();
      expect(counts).toStrictEqual([1, 2]);
    });
  });

  it("an enum is its table of values", () => {
    expect(Team).toStrictEqual({ red: 0, blue: 5 });
  });
});
