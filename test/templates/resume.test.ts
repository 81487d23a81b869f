import { describe, expect, it } from "vitest";
import type { Hello, Welcome } from "../../runtime/wire/hetu2/frames.js";
import { Account, type Calls, type ConnectOptions } from "../fixtures/world/generated/client-ts/world/index.js";
import { listen } from "./listen.js";
import type { ScriptedConnection } from "./scripted-server.js";
import { accept, connectedPair, startClient, startServer, state } from "./world-client.js";

/** Each link's token is its number, sixteen times. */
function token(link: number): Uint8Array {
  return new Uint8Array(16).fill(link);
}

/** A server that gives tokens, and takes them when `accepts` says so. */
function tokens(accepts: (hello: Hello) => boolean = () => true): { welcome: (hello: Hello) => Partial<Welcome> } {
  let link = 0;
  return {
    welcome: (hello) => ({
      token: token(++link),
      resumeWindow: 10_000,
      resumed: hello.resume !== undefined && accepts(hello),
    }),
  };
}

async function pair(
  accepts?: (hello: Hello) => boolean,
  options: ConnectOptions<Calls> = {},
): Promise<Awaited<ReturnType<typeof connectedPair>> & { readonly logins: readonly number[] }> {
  const logins: number[] = [];
  const bootstrap = ({ connections }: { readonly connections: number }): void => void logins.push(connections);
  return { ...(await connectedPair({ bootstrap, ...options }, tokens(accepts))), logins };
}

/** Subscribes all accounts and shows two of them at position 7. */
async function showTwo({ client, connection }: { client: Pair["client"]; connection: ScriptedConnection }) {
  const range = client.query(Account).range("number");
  await connection.nextRaw();
  connection.sendRaw([
    4,
    1,
    7,
    [
      [1, 1, 0],
      [2, 2, 0],
    ],
  ]);
  await range.ready;
  return range;
}

type Pair = Awaited<ReturnType<typeof connectedPair>>;

describe("a session that is resumed", () => {
  it("gives its token and the last position, does not bootstrap, and catches up with one clean difference", async () => {
    const { server, client, connection, logins } = await pair();
    const range = await showTwo({ client, connection });
    connection.sendRaw([7, 9, 1, [[[2, 1, 5]]]]);
    const [first, second] = range.rows;
    const told = listen(range);
    const states: string[] = [];
    client.onConnection(({ status }) => states.push(status));
    connection.sendRaw([1]);
    await client.calls.any();
    connection.drop();

    const next = await accept(server);
    expect(await next.nextRaw()).toStrictEqual([3, 5, 1, -Infinity, Infinity, 1000, false, [1n, 2n]]);
    expect((await next.greeted).resume).toStrictEqual({ token: token(1), position: 9 });
    const resynced = new Promise<void>((resolve) => range.onResynced(resolve));
    // Row 1 comes as a whole though nothing in it has changed, row 2 is gone, row 3 is new.
    next.sendRaw([
      5,
      4,
      12,
      [
        [],
        [
          [1, 1, 5],
          [3, 3, 3],
        ],
        [2],
      ],
    ]);
    await resynced;
    expect(told).toStrictEqual(["1=0→1=5", "stale", "-2", "+3=3", "resynced"]);
    expect(range.rows.map(({ id }) => id)).toStrictEqual([1n, 3n]);
    expect(range.rows[0]).not.toBe(first);
    expect(second?.id).toBe(2n);
    expect(states).toStrictEqual(["waiting", "connecting", "connected"]);
    expect(logins).toStrictEqual([0]);

    next.drop();
    expect((await (await accept(server)).greeted).resume).toStrictEqual({ token: token(2), position: 12 });
  });

  it("keeps rows that did not change, and takes updates of columns behind the difference", async () => {
    const { server, client, connection } = await pair();
    const range = await showTwo({ client, connection });
    const same = range.rows[1];
    connection.drop();
    const next = await accept(server);
    await next.nextRaw();
    const resynced = new Promise<void>((resolve) => client.onResynced(resolve));
    next.sendRaw([5, 4, 12, []], [7, 13, 4, [[[2, 1, 8]]]]);
    await resynced;
    const changed = new Promise((resolve) => range.onChange(resolve));
    next.sendRaw([7, 14, 4, [[[2, 1, 9]]]]);
    await changed;
    expect(range.rows.map(({ balance }) => balance)).toStrictEqual([9n, 0n]);
    expect(range.rows[1]).toBe(same);
  });

  it("may answer with all rows when it cannot tell the difference", async () => {
    const { server, client, connection } = await pair();
    const range = await showTwo({ client, connection });
    const told = listen(range);
    connection.drop();
    const next = await accept(server);
    await next.nextRaw();
    const resynced = new Promise<void>((resolve) => range.onResynced(resolve));
    next.sendRaw([
      4,
      4,
      12,
      [
        [1, 1, 0],
        [3, 3, 0],
      ],
    ]);
    await resynced;
    expect(told).toStrictEqual(["stale", "-2", "+3=0", "resynced"]);
  });

  it("goes on the normal way at once when the token is refused", async () => {
    const { server, client, connection, logins } = await pair(() => false);
    const range = await showTwo({ client, connection });
    const told = listen(range);
    connection.drop();
    const next = await accept(server);
    expect((await next.greeted).resume?.position).toBe(7);
    expect(await next.nextRaw()).toStrictEqual([3, 5, 1, -Infinity, Infinity, 1000, false]);
    const resynced = new Promise<void>((resolve) => range.onResynced(resolve));
    next.sendRaw([4, 1, 2, [[1, 1, 0]]]);
    await resynced;
    expect(told).toStrictEqual(["stale", "-2", "resynced"]);
    expect([logins, server.connectionCount]).toStrictEqual([[0, 1], 2]);
  });

  it("sends @once calls again and leaves others with an unknown outcome", async () => {
    const { server, client, connection } = await pair();
    const [plain, once] = [client.calls.echo("a"), client.calls.buy(1, 1)];
    await connection.expectCall("echo");
    const { id } = await connection.expect("once");
    connection.drop();
    await expect(plain).rejects.toMatchObject({ code: "OUTCOME_UNKNOWN" });
    const next = await accept(server);
    expect((await next.expect("once")).id).toStrictEqual(id);
    next.sendRaw([1, { item: 1, left: 0, notes: [] }]);
    await once;
  });

  it("gives the token to the next attempt when one came to nothing", async () => {
    const { server, client, connection } = await pair();
    await showTwo({ client, connection });
    const { port } = server;
    await server.stop();
    await state(client, "waiting");
    const revived = await startServer({ port, ...tokens() });
    expect((await (await accept(revived)).greeted).resume).toStrictEqual({ token: token(1), position: 7 });
  });

  it("that drops before everything is up to date is resumed from what is shown", async () => {
    const { server, client, connection } = await pair();
    await showTwo({ client, connection });
    const other = client.query(Account).range("number", 2);
    await connection.nextRaw();
    connection.sendRaw([4, 2, 8, []]);
    await other.ready;
    connection.drop();
    const second = await accept(server);
    await second.nextRaw();
    second.sendRaw([5, 1, 20, []], [7, 21, 1, [[], [[9, 9, 9]]]]);
    await second.nextRaw();
    second.drop();
    const third = await accept(server);
    expect((await third.greeted).resume).toStrictEqual({ token: token(2), position: 8 });
    expect(await third.nextRaw()).toStrictEqual([3, 5, 1, -Infinity, Infinity, 1000, false, [1n, 2n]]);
    expect(await third.nextRaw()).toStrictEqual([3, 5, 1, 2, null, 1000, false, []]);
  });

  it("is not asked for when a new session dropped before everything was up to date", async () => {
    const { server, client, connection } = await pair(() => false);
    await showTwo({ client, connection });
    connection.drop();
    const second = await accept(server);
    await second.nextRaw();
    second.drop();
    expect((await (await accept(server)).greeted).resume).toBeUndefined();
  });

  it("is not asked for when the client had not logged in", async () => {
    const server = await startServer(tokens());
    startClient(server.url, { bootstrap: ({ calls }) => calls.login(7n) });
    const first = await accept(server);
    await first.expectCall("login");
    first.drop();
    const second = await accept(server);
    await second.expectCall("login");
    expect((await second.greeted).resume).toBeUndefined();
  });

  it("does not give what a query that was refused does not show", async () => {
    const { server, client, connection } = await pair();
    const range = client.query(Account).range("number");
    await connection.nextRaw();
    connection.sendRaw([6, "FORBIDDEN", "not you"]);
    await expect(range.ready).rejects.toThrow("FORBIDDEN (not you)");
    connection.drop();
    expect(await (await accept(server)).nextRaw()).toStrictEqual([3, 5, 1, -Infinity, Infinity, 1000, false]);
  });
});
