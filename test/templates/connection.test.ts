import { describe, expect, it } from "vitest";
import { backoffDelay } from "../../templates/client-ts/session/backoff.js";
import {
  CallRejectedError,
  ConnectionClosedError,
  type ConnectionState,
  OutcomeUnknownError,
} from "../fixtures/world/generated/client-ts/world/index.js";
import { ManualClock } from "./manual-clock.js";
import { ScriptedServer } from "./scripted-server.js";
import { accept, afterTest, connectedPair, startClient, startServer, state, overBoth } from "./world-client.js";

/** No attempt within the time that a test lets pass. */
const SLOW = { baseMs: 1e9, maxMs: 1e9 };

overBoth(() => {
  describe("backoff", () => {
    it("is a random part of a bound that doubles up to the maximum", () => {
      const options = { baseMs: 100, maxMs: 1_000 };
      const bounds = [0, 1, 2, 3, 4, 50].map((attempt) => backoffDelay(attempt, options, () => 0.999_999));
      expect(bounds).toStrictEqual([99, 199, 399, 799, 999, 999]);
      expect(backoffDelay(3, options, () => 0)).toBe(0);
      expect(backoffDelay(3, options, () => 0.5)).toBe(400);
    });
  });

  describe("the connection", () => {
    it("goes through its states, each a frozen object of its own", async () => {
      const server = await startServer();
      const client = startClient(server.url, { bootstrap: () => undefined });
      const states: ConnectionState[] = [client.connection];
      client.onConnection((next) => states.push(next));
      await accept(server);
      await client.connected();
      client.close();
      expect(states.map(({ status }) => status)).toStrictEqual(["connecting", "bootstrapping", "connected", "closed"]);
      expect(client.connection).toBe(states.at(-1));
      expect(states.every((each) => Object.isFrozen(each))).toBe(true);
    });

    it("waits longer after each attempt that fails, and starts anew after one that held", async () => {
      const clock = new ManualClock();
      const random = (): number => 0.5;
      const server = await startServer();
      const client = startClient(server.url, { clock, random, reconnect: { baseMs: 1_000, maxMs: 3_000 } });
      const waits: (number | undefined)[] = [];
      for (let attempt = 0; attempt < 4; attempt++) {
        (await server.connection()).drop();
        waits.push((await state(client, "waiting")).retryInMs);
        clock.advance(1_500);
      }
      expect(waits).toStrictEqual([500, 1_000, 1_500, 1_500]);

      const connection = await accept(server);
      await client.connected();
      clock.advance(10_000);
      connection.drop();
      expect(await state(client, "waiting")).toMatchObject({ attempt: 1, retryInMs: 500 });
    });

    it("goes on waiting longer when connections work but do not last", async () => {
      const clock = new ManualClock();
      const { server, client, connection } = await connectedPair({
        clock,
        random: () => 0.5,
        reconnect: { baseMs: 1_000, maxMs: 8_000 },
      });
      connection.drop();
      expect((await state(client, "waiting")).retryInMs).toBe(500);
      clock.advance(500);
      const second = await accept(server);
      await client.connected();
      second.drop();
      expect((await state(client, "waiting")).retryInMs).toBe(1_000);
    });

    it("comes back when the server does", async () => {
      const server = await ScriptedServer.start();
      const client = startClient(server.url);
      await accept(server);
      await client.connected();
      const { port } = server;
      await server.stop();
      await state(client, "waiting");
      const revived = await ScriptedServer.start({ port });
      afterTest(() => revived.stop());
      await accept(revived);
      await client.connected();
    });

    it("closes for good after as many failed attempts as allowed", async () => {
      const server = await startServer();
      const client = startClient(server.url, { reconnect: { baseMs: 1, maxMs: 1, maxAttempts: 2 } });
      const call = client.calls.echo("a");
      for (let attempt = 0; attempt < 3; attempt++) (await server.connection()).drop();
      const { error } = await state(client, "closed");
      expect(error).toMatchObject({ code: "CONNECTION_LOST", closeCode: 1006 });
      await expect(call).rejects.toMatchObject({ code: "CONNECTION_CLOSED", cause: error });
      await expect(client.connected()).rejects.toThrow(ConnectionClosedError);
    });

    it("does not come back when told not to reconnect", async () => {
      const { client, connection } = await connectedPair({ reconnect: false });
      connection.drop();
      await state(client, "closed");
    });

    it.each([4001, 4003, 4004])("does not come back when the server closes with %i", async (code) => {
      const { client, connection } = await connectedPair();
      connection.close(code, "go away");
      const { error } = await state(client, "closed");
      expect(error).toMatchObject({ closeCode: code });
      expect(error?.message).toBe(`the connection was closed with code ${code} (go away)`);
    });

    it("comes back when the server closes because it stops", async () => {
      const { server, client, connection } = await connectedPair();
      connection.close(1001, "restart");
      await accept(server);
      await client.connected();
    });

    it("gives an attempt up that takes too long", async () => {
      const clock = new ManualClock();
      const server = await startServer({ answersHandshake: false });
      const client = startClient(server.url, { clock, connectTimeoutMs: 5_000, reconnect: SLOW });
      const connection = await server.connection();
      clock.advance(5_000);
      expect((await state(client, "waiting")).error?.message).toMatch(
        /^no (connection|answer to the handshake) within 5000 ms/,
      );
      await connection.closed;
    });

    it("refuses a server that wants more layers than jsonb", async () => {
      const server = await startServer({ answersHandshake: false });
      const client = startClient(server.url);
      const connection = await server.connection();
      connection.sendBytes(Uint8Array.of(0x91, 0xc4, 0x00));
      expect((await state(client, "waiting")).error?.message).toContain(
        "its handshake has 1 layer beside jsonb; this client's layers are jsonb (option layers)",
      );
    });

    it.each([
      ["bytes that are not MessagePack", Uint8Array.of(0xc1)],
      ["an array that announces more than it has", Uint8Array.of(0xdd, 0xff, 0xff, 0xff, 0xff)],
      ["a value that is no frame", Uint8Array.of(0x01)],
    ])("drops a link over which %s come and makes a new one", async (_name, garbage) => {
      const { server, client, connection } = await connectedPair();
      connection.sendBytes(garbage);
      await connection.closed;
      expect((await accept(server)).unread).toStrictEqual([]);
      await client.connected();
    });

    it("drops a link over which an answer comes that nobody asked for, and makes a new one", async () => {
      const { server, client, connection } = await connectedPair();
      connection.send("rsp", null);
      await connection.closed;
      expect((await accept(server)).unread).toStrictEqual([]);
      await client.connected();
    });

    it("takes no notice of frames that it does not know, nor of text", async () => {
      const { client, connection } = await connectedPair();
      connection.send("news", 1, 2);
      connection.sendText("welcome");
      const call = client.calls.echo("a");
      connection.send("rsp", "a");
      expect(await call).toBe("a");
    });

    it("asks a silent server for a sign of life, and drops the link when none comes", async () => {
      const clock = new ManualClock();
      const { client, connection } = await connectedPair({
        clock,
        keepAliveMs: 1_000,
        keepAliveTimeoutMs: 300,
        reconnect: SLOW,
      });
      clock.advance(1_000);
      await connection.expect("motd");
      clock.advance(300);
      expect((await state(client, "waiting")).error?.message).toBe("the server has been silent for 1300 ms");
      await connection.closed;
    });

    it("stays when the sign of life comes", async () => {
      const clock = new ManualClock();
      const { client, connection } = await connectedPair({
        clock,
        keepAliveMs: 1_000,
        keepAliveTimeoutMs: 300,
        reconnect: SLOW,
      });
      clock.advance(1_000);
      await connection.expect("motd");
      connection.sendText("here");
      const call = client.callsWith({ timeoutMs: Infinity }).echo("a");
      connection.send("rsp", "a");
      await call;
      clock.advance(999);
      expect(client.connection.status).toBe("connected");
      clock.advance(301);
      await connection.expectCall("echo");
      await connection.expect("motd");
    });

    it("refuses options that make no sense", async () => {
      const server = await startServer();
      expect(() => startClient(server.url, { callTimeoutMs: 0 })).toThrow(
        "option callTimeoutMs must be a number above 0; got 0",
      );
    });

    it("closes at once for a URL that can never work", async () => {
      const client = startClient("http//nowhere");
      expect((await state(client, "closed")).error).toBeInstanceOf(Error);
    });
  });

  describe("bootstrap", () => {
    it("runs after each connect, before anything else is sent", async () => {
      const server = await startServer();
      const connections: number[] = [];
      const client = startClient(server.url, {
        async bootstrap(context) {
          connections.push(context.connections);
          await context.calls.login(7n);
        },
      });
      const call = client.calls.echo("a");
      const first = await accept(server);
      expect(await first.expectCall("login")).toStrictEqual([7]);
      expect(first.unread).toStrictEqual([]);
      first.send("rsp", 7);
      expect(await first.expectCall("echo")).toStrictEqual(["a"]);
      first.send("rsp", "a");
      await call;
      first.drop();

      const second = await accept(server);
      await second.expectCall("login");
      second.send("rsp", 7);
      await client.connected();
      expect(connections).toStrictEqual([0, 1]);
    });

    it("that is rejected for good closes the client with that error", async () => {
      const server = await startServer();
      const client = startClient(server.url, { bootstrap: ({ calls }) => calls.login(7n) });
      const call = client.calls.echo("a");
      const connection = await accept(server);
      await connection.expectCall("login");
      connection.send("rej", "login", "FORBIDDEN");
      const { error } = await state(client, "closed");
      expect(error).toBeInstanceOf(CallRejectedError);
      await expect(call).rejects.toMatchObject({ code: "CONNECTION_CLOSED", cause: error });
      await connection.closed;
    });

    it("that throws an error of the application closes the client with it", async () => {
      const server = await startServer();
      const failure = new Error("no token");
      const client = startClient(server.url, { bootstrap: () => Promise.reject(failure) });
      await accept(server);
      expect((await state(client, "closed")).error).toBe(failure);
    });

    it.each([
      ["rej", "login", "RATE_LIMITED"],
      ["rej", "login", "SHUTTING_DOWN"],
      ["err", "login", "INTERNAL"],
    ])("that is answered with %s %s %s is tried again on a new connection", async (...answer) => {
      const server = await startServer();
      const client = startClient(server.url, { bootstrap: ({ calls }) => calls.login(7n) });
      const first = await accept(server);
      await first.expectCall("login");
      first.send(...answer);
      const second = await accept(server);
      await second.expectCall("login");
      second.send("rsp", 7);
      await client.connected();
    });

    it("that is cut off is run again", async () => {
      const server = await startServer();
      const failures: unknown[] = [];
      const client = startClient(server.url, {
        bootstrap: async ({ calls }) => {
          await calls.login(7n).catch((error: unknown) => {
            failures.push(error);
            throw error;
          });
        },
      });
      const first = await accept(server);
      await first.expectCall("login");
      first.drop();
      const second = await accept(server);
      await second.expectCall("login");
      second.send("rsp", 7);
      await client.connected();
      expect(failures).toHaveLength(1);
      expect(failures[0]).toBeInstanceOf(OutcomeUnknownError);
    });

    it("that waits for the client's own calls is told what to do instead", async () => {
      const clock = new ManualClock();
      const server = await startServer();
      const failed = new Promise((resolve) => {
        const client = startClient(server.url, {
          clock,
          callTimeoutMs: 400,
          bootstrap: () => client.calls.login(7n).catch(resolve),
        });
      });
      await accept(server);
      await clock.timerOf(400);
      clock.advance(400);
      await expect(failed).resolves.toMatchObject({
        code: "CALL_TIMEOUT",
        message: expect.stringContaining("inside of bootstrap, use the calls that it is given") as string,
      });
    });
  });
});
