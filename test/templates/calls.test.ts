import { describe, expect, it } from "vitest";
import {
  Account,
  CallFailedError,
  CallRejectedError,
  CallTimeoutError,
  ConnectionClosedError,
  NotEnough,
  OutcomeUnknownError,
  QueueFullError,
  SchemaMismatchError,
  SchemaValueError,
} from "../fixtures/world/generated/client-ts/world/index.js";
import { ManualClock } from "./manual-clock.js";
import { accept, account, connectedPair, startClient, startServer, state, overBoth } from "./world-client.js";

overBoth(() => {
  describe("calls", () => {
    it("send checked arguments and give the typed result", async () => {
      const { client, connection } = await connectedPair();
      const sum = client.calls.transfer(1, 2, 30n);
      expect(await connection.expectCall("transfer")).toStrictEqual([1, 2, 30]);
      connection.send("rsp", 12345678901234567890n);
      expect(await sum).toBe(12345678901234567890n);
    });

    it("give a bigint for a 64-bit result that came as a small number", async () => {
      const { client, connection } = await connectedPair();
      const result = client.calls.login(7n);
      await connection.expectCall("login");
      connection.send("rsp", 7);
      expect(await result).toBe(7n);
    });

    it("give undefined where there is no result, or an optional one is missing", async () => {
      const { client, connection } = await connectedPair();
      const results = Promise.all([client.calls.moveTo(1, 2), client.calls.whoami()]);
      connection.send("rsp", "ok");
      connection.send("rsp", null);
      expect(await results).toStrictEqual([undefined, undefined]);
    });

    it("send a whole number in a float parameter as a float", async () => {
      const { client, connection } = await connectedPair();
      void client.calls.moveTo(1, 0.1).catch(() => undefined);
      expect(await connection.expectCall("move_to")).toStrictEqual([1, Math.fround(0.1)]);
    });

    it("are answered in the order in which they were made", async () => {
      const { client, connection } = await connectedPair();
      const results = Promise.all([client.calls.echo("a"), client.calls.echo("b"), client.calls.echo("c")]);
      for (const text of ["a", "b", "c"]) {
        expect(await connection.expectCall("echo")).toStrictEqual([text]);
        connection.send("rsp", text.toUpperCase());
      }
      expect(await results).toStrictEqual(["A", "B", "C"]);
    });

    it("wait for the connection and then go out in order", async () => {
      const server = await startServer();
      const client = startClient(server.url);
      const results = Promise.all([client.calls.echo("a"), client.calls.echo("b")]);
      const connection = await accept(server);
      expect(await connection.expectCall("echo")).toStrictEqual(["a"]);
      expect(await connection.expectCall("echo")).toStrictEqual(["b"]);
      connection.send("rsp", "1");
      connection.send("rsp", "2");
      expect(await results).toStrictEqual(["1", "2"]);
    });

    it("are refused with place, limit and value before anything is sent", async () => {
      const { client, connection } = await connectedPair();
      await expect(client.calls.transfer(1, 2, 0n)).rejects.toThrow(
        new SchemaValueError("transfer.amount", "a bigint from 1 to 1000000", 0n),
      );
      await expect(client.calls.echo("x".repeat(1001))).rejects.toThrow(/^echo\.text must be a string of at most 1000/);
      await expect(client.calls.moveTo(1e300, 0)).rejects.toBeInstanceOf(SchemaValueError);
      await expect(client.calls.login(7 as never)).rejects.toThrow("write 7n or BigInt(…)");
      await expect(client.calls.echo("\ud800")).rejects.toThrow("without lone surrogates");
      const { any: extra }: Readonly<Record<"any", (...args: unknown[]) => Promise<void>>> = client.calls;
      await expect(extra(1)).rejects.toThrow("any must be called without arguments");
      expect(connection.unread).toStrictEqual([]);
    });

    it("reject as the class of the schema's error, with its fields", async () => {
      const { client, connection } = await connectedPair();
      const call = client.calls.transfer(1, 2, 3n);
      connection.send("rej", "transfer", "NotEnough", { need: 3, have: 1 });
      const error: unknown = await call.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(NotEnough);
      expect(error).toBeInstanceOf(CallRejectedError);
      expect(error).toMatchObject({ name: "NotEnough", code: "NotEnough", system: "transfer", need: 3n, have: 1n });
    });

    it("reject with code and reason for a built-in refusal", async () => {
      const { client, connection } = await connectedPair();
      const call = client.calls.rare();
      connection.send("rej", "rare", "RATE_LIMITED", { reason: "2 in an hour" });
      await expect(call).rejects.toThrow("rare was rejected: RATE_LIMITED (2 in an hour)");
      await expect(call).rejects.toMatchObject({ code: "RATE_LIMITED", fields: { reason: "2 in an hour" } });
    });

    it("keep the fields of an error that another version of the schema declares", async () => {
      const { client, connection } = await connectedPair();
      const call = client.calls.transfer(1, 2, 3n);
      connection.send("rej", "transfer", "NotEnough", { need: "a lot" });
      const error: unknown = await call.catch((reason: unknown) => reason);
      expect(error).not.toBeInstanceOf(NotEnough);
      expect(error).toMatchObject({ code: "NotEnough", fields: { need: "a lot" } });
    });

    it("reject with CallFailedError when server code threw", async () => {
      const { client, connection } = await connectedPair();
      const call = client.calls.any();
      connection.send("err", "any", "INTERNAL");
      await expect(call).rejects.toThrow(CallFailedError);
      await expect(call).rejects.toMatchObject({ code: "CALL_FAILED", reason: "INTERNAL" });
    });

    it("reject with SchemaMismatchError when the result is of another type", async () => {
      const { client, connection } = await connectedPair();
      const call = client.calls.echo("a");
      connection.send("rsp", 5);
      await expect(call).rejects.toThrow(SchemaMismatchError);
      await expect(call).rejects.toMatchObject({ path: "echo()" });
    });

    it("reject with OutcomeUnknownError when the link drops before the answer", async () => {
      const { client, connection } = await connectedPair();
      const call = client.calls.transfer(1, 2, 3n);
      await connection.expectCall("transfer");
      connection.drop();
      await expect(call).rejects.toThrow(OutcomeUnknownError);
    });

    it("are not sent again after the link has dropped", async () => {
      const { server, client, connection } = await connectedPair();
      const lost = client.calls.transfer(1, 2, 3n);
      await connection.expectCall("transfer");
      connection.drop();
      await expect(lost).rejects.toThrow(OutcomeUnknownError);
      const next = await accept(server);
      void client.calls.echo("later").catch(() => undefined);
      expect(await next.expectCall("echo")).toStrictEqual(["later"]);
    });

    it("reject with CallTimeoutError when they could not be sent in time", async () => {
      const clock = new ManualClock();
      const server = await startServer({ answersHandshake: false });
      const client = startClient(server.url, { clock, callTimeoutMs: 700 });
      const call = client.calls.echo("a");
      clock.advance(700);
      await expect(call).rejects.toThrow(CallTimeoutError);
      await expect(call).rejects.toThrow("echo was not sent within 700 ms: the connection is connecting");
    });

    it("reject with OutcomeUnknownError when the answer does not come in time, and the next answer is not theirs", async () => {
      const clock = new ManualClock();
      const { client, connection } = await connectedPair({ clock });
      const slow = client.callsWith({ timeoutMs: 50 }).echo("slow");
      await connection.expectCall("echo");
      clock.advance(50);
      await expect(slow).rejects.toThrow(OutcomeUnknownError);
      const next = client.calls.echo("next");
      connection.send("rsp", "of slow");
      connection.send("rsp", "of next");
      expect(await next).toBe("of next");
    });

    it("are refused with QueueFullError when too many wait", async () => {
      const server = await startServer({ answersHandshake: false });
      const client = startClient(server.url, { maxQueued: 2 });
      const waiting = [client.calls.echo("a"), client.calls.echo("b")];
      await expect(client.calls.echo("c")).rejects.toThrow(QueueFullError);
      client.close();
      for (const call of waiting) await expect(call).rejects.toThrow(ConnectionClosedError);
    });

    it("wait when as many as allowed are under way", async () => {
      const { client, connection } = await connectedPair({ maxInFlight: 2 });
      const results = Promise.all(["a", "b", "c"].map((text) => client.calls.echo(text)));
      await connection.expectCall("echo");
      await connection.expectCall("echo");
      expect(connection.unread).toStrictEqual([]);
      connection.send("rsp", "A");
      expect(await connection.expectCall("echo")).toStrictEqual(["c"]);
      connection.send("rsp", "B");
      connection.send("rsp", "C");
      expect(await results).toStrictEqual(["A", "B", "C"]);
    });

    it("fail with what they deserve when the client closes", async () => {
      const { server, client, connection } = await connectedPair({ maxInFlight: 1 });
      const underWay = client.calls.echo("a");
      const waiting = client.calls.echo("b");
      await connection.expectCall("echo");
      client.close();
      await expect(underWay).rejects.toThrow(OutcomeUnknownError);
      await expect(waiting).rejects.toThrow(ConnectionClosedError);
      await expect(client.calls.echo("c")).rejects.toThrow(ConnectionClosedError);
      await connection.closed;
      expect((await state(client, "closed")).error).toBeUndefined();
      expect(server.connectionCount).toBe(1);
    });
  });

  describe("@once calls", () => {
    const receipt = { item: 1, left: 2, notes: [] };

    it("carry the server's time and 16 random bytes", async () => {
      const { client, connection } = await connectedPair({ clock: new ManualClock() });
      void client.calls.buy(1, 1).catch(() => undefined);
      void client.calls.buy(1, 1).catch(() => undefined);
      const [first, second] = [await connection.expect("once"), await connection.expect("once")];
      expect(first).toMatchObject({ name: "buy", args: [1, 1] });
      expect(Buffer.from(first.id).readBigUInt64BE()).toBe(1_700_000_000_000n);
      expect(Buffer.from(first.id.subarray(8))).not.toStrictEqual(Buffer.from(second.id.subarray(8)));
    });

    it("are sent again with the same id, before calls that were made later, when the link drops", async () => {
      const { server, client, connection } = await connectedPair();
      const bought = client.calls.buy(1, 1);
      const first = await connection.expect("once");
      connection.drop();
      await state(client, "waiting");
      const echoed = client.calls.echo("later");
      const next = await accept(server);
      const again = await next.expect("once");
      expect(again).toStrictEqual(first);
      next.send("rsp", receipt);
      expect(await bought).toStrictEqual({ item: 1, left: 2n, notes: [] });
      expect(await next.expectCall("echo")).toStrictEqual(["later"]);
      next.send("rsp", "later");
      expect(await echoed).toBe("later");
    });

    it("keep their order when several are sent again", async () => {
      const { server, client, connection } = await connectedPair();
      void client.calls.buy(1, 1).catch(() => undefined);
      void client.calls.buy(2, 1).catch(() => undefined);
      const ids = [await connection.expect("once"), await connection.expect("once")].map(({ id }) => id);
      connection.drop();
      const next = await accept(server);
      expect([await next.expect("once"), await next.expect("once")].map(({ id }) => id)).toStrictEqual(ids);
    });

    it("fail with OutcomeUnknownError when the client closes before their answer", async () => {
      const { client, connection } = await connectedPair();
      const bought = client.calls.buy(1, 1);
      await connection.expect("once");
      connection.drop();
      await state(client, "waiting");
      client.close();
      await expect(bought).rejects.toThrow(OutcomeUnknownError);
    });
  });
});

describe("a server of hetu.1 that closes the connection when a call fails", () => {
  it("leaves that call with an unknown outcome, and the client comes back with its live queries", async () => {
    const { server, client, connection } = await connectedPair({ protocols: ["hetu.1"] }, { protocol: "hetu.1" });
    const range = client.query(Account).range("number");
    await connection.expect("sub");
    connection.send("sub", "A", [account(1n, 1)]);
    await range.ready;
    const [failing, behind] = [client.calls.echo("fails"), client.calls.buy(1, 1)];
    await connection.expectCall("echo");
    const { id } = await connection.expect("once");
    connection.close(1011, "");
    await expect(failing).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN", cause: { closeCode: 1011 } });
    const next = await accept(server);
    await next.expect("sub");
    next.send("sub", "A", [account(1n, 1), account(2n, 2)]);
    expect((await next.expect("once")).id).toStrictEqual(id);
    next.send("rsp", { item: 1, left: 0, notes: [] });
    await behind;
    expect(range.rows).toHaveLength(2);
  });
});
