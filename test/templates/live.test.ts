import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, type HetuServer } from "hetu";
import { beforeEach, describe, expect, it } from "vitest";
import {
  Account,
  type Calls,
  type Change,
  type Client,
  connect,
  type ConnectOptions,
  Inventory,
  type LiveQuery,
  NotEnough,
  Position,
  type Row,
  Shout,
  SubscriptionRefusedError,
} from "../fixtures/world/generated/client-ts/world/index.js";
import { KICKER, worldSystems } from "../runtime/gate/world-server.js";
import { afterTest, overBoth, spoken, startClient, state } from "./world-client.js";

let folder: string;
let server: HetuServer;

async function start(port: number): Promise<HetuServer> {
  const started = createServer({ instances: { world: worldSystems() }, data: folder, port, host: "127.0.0.1" });
  await started.listen();
  return started;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hetu-client-"));
  server = await start(0);
  afterTest(() => rm(folder, { recursive: true, force: true }));
  afterTest(() => server.close());
});

function url(): string {
  return `ws://127.0.0.1:${server.port}/hetu/world`;
}

function player(id: bigint, options: ConnectOptions<Calls> = {}): Client {
  return startClient(url(), { bootstrap: ({ calls }) => calls.login(id), ...options });
}

/** The next batch of changes. */
function changes<R extends Row>(query: LiveQuery<R>): Promise<readonly Change<R>[]> {
  return new Promise((resolve) => {
    const stop = query.onChange((batch) => {
      stop();
      resolve(batch);
    });
  });
}

overBoth(() => {
  describe("two clients of a real server", () => {
    it("see each other move, in the order of the index", async () => {
      const [ann, bob] = [player(1n), player(2n)];
      await ann.calls.moveTo(5, 0);
      const near = ann.query(Position).range("x", 0, 10);
      await near.ready;
      const arrived = changes(near);
      await bob.calls.moveTo(3, 1);
      expect(await arrived).toMatchObject([{ kind: "insert", row: { owner: 2n, x: 3, y: 1 } }]);
      expect(near.rows.map(({ owner }) => owner)).toStrictEqual([2n, 1n]);
      const left = changes(near);
      await bob.calls.moveTo(50, 1);
      expect(await left).toMatchObject([{ kind: "delete", old: { owner: 2n } }]);
    });

    it("have their own updates before the answer of the call that made them", async () => {
      const ann = player(1n);
      const me = ann.query(Position).get({ owner: 1n });
      await me.ready;
      expect(me.row).toBeUndefined();
      await ann.calls.moveTo(1, 2);
      expect(me.row).toMatchObject({ owner: 1n, x: 1, y: 2 });
    });

    it("keep a window filled: when a row leaves, the next one moves in", async () => {
      const players = [1n, 2n, 3n].map((id) => player(id));
      for (const [at, each] of players.entries()) await each.calls.moveTo(at, 0);
      const window = (players[0] as Client).query(Position).range("x", null, null, { limit: 2 });
      await window.ready;
      expect(window.rows.map(({ x }) => x)).toStrictEqual([0, 1]);
      const moved = changes(window);
      await (players[0] as Client).calls.moveTo(9, 0);
      expect((await moved).map(({ kind }) => kind)).toStrictEqual(["delete", "insert"]);
      expect(window.rows.map(({ x }) => x)).toStrictEqual([1, 2]);
    });

    it("get events after the updates of the same transaction", async () => {
      const [ann, bob] = [player(1n), player(2n)];
      await bob.connected();
      const position = bob.query(Position).get({ owner: 1n });
      await position.ready;
      const heard = new Promise<readonly unknown[]>((resolve) => {
        bob.events.on(Shout, (shout) => resolve([shout, position.row?.y]));
      });
      await ann.calls.shout("hello");
      expect(await heard).toStrictEqual([{ from: 1n, text: "hello" }, 1]);
    });

    it("get typed errors with their fields", async () => {
      const error: unknown = await player(1n)
        .calls.transfer(1, 2, 500n)
        .catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(NotEnough);
      expect(error).toMatchObject({ need: 500n, have: 100n });
    });

    it("see only the rows that are theirs", async () => {
      const [ann, bob] = [player(1n), player(2n)];
      expect(await ann.calls.buy(5, 2)).toStrictEqual({ item: 5, left: 2n, notes: [] });
      await bob.calls.buy(5, 1);
      const items = ann.query(Inventory).range("owner", 1n);
      const others = ann.query(Inventory).range("owner", 2n);
      await Promise.all([items.ready, others.ready]);
      expect(items.rows).toMatchObject([{ owner: 1n, item: 5, count: 2 }]);
      expect(others.rows).toStrictEqual([]);
      const one = bob.query(Inventory).get({ owner: 2n, item: 5 });
      await one.ready;
      expect(one.row).toMatchObject({ count: 1 });
    });

    it("are refused a live query before they have logged in", async () => {
      const client = startClient(url());
      await expect(client.query(Position).range("x").ready).rejects.toThrow(SubscriptionRefusedError);
      await client.query(Account).range("number").ready;
    });

    it("do not come back after the same user has logged in elsewhere", async () => {
      const first = player(KICKER);
      await first.connected();
      const second = player(KICKER);
      await second.connected();
      expect((await state(first, "closed")).error).toMatchObject({ closeCode: 4001 });
    });

    it("are told at once when there is no such instance", async () => {
      const client = connect(`ws://127.0.0.1:${server.port}/hetu/elsewhere`, { protocols: [spoken()] });
      afterTest(() => client.close());
      expect((await state(client, "closed")).error).toMatchObject({ closeCode: 4004 });
    });
  });

  describe("a restart of the server", () => {
    it("is one difference to the live queries, and calls go on", async () => {
      const [ann, bob] = [player(1n), player(2n)];
      await ann.calls.moveTo(1, 0);
      await bob.calls.moveTo(2, 0);
      const near = ann.query(Position).range("x", 0, 10);
      await near.ready;
      const kept = near.rows[0];
      const told: string[] = [];
      near.onInsert(({ owner }) => told.push(`+${owner}`));
      near.onUpdate(({ owner }) => told.push(`~${owner}`));
      near.onDelete(({ owner }) => told.push(`-${owner}`));
      near.onStale(() => told.push("stale"));
      near.onResynced(() => told.push("resynced"));

      const { port } = server;
      bob.close();
      const stale = new Promise<void>((resolve) => ann.onStale(resolve));
      await server.close();
      await stale;
      const resynced = new Promise<void>((resolve) => ann.onResynced(resolve));
      server = await start(port);
      await resynced;
      expect(told).toStrictEqual(["stale", "resynced"]);
      expect(near.rows[0]).toBe(kept);

      const late = player(2n);
      const moved = changes(near);
      await late.calls.moveTo(3, 0);
      expect(await moved).toMatchObject([{ kind: "update", row: { owner: 2n, x: 3 } }]);
    });

    it("loses no call that was waiting", async () => {
      const ann = player(1n);
      await ann.connected();
      const { port } = server;
      await server.close();
      await state(ann, "waiting");
      const echoed = ann.calls.echo("while away");
      server = await start(port);
      expect(await echoed).toBe("while away");
    });
  });
});
