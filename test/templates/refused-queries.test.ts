import { describe, expect, it } from "vitest";
import {
  connect,
  Position,
  SubscriptionRefusedError,
  Account,
} from "../fixtures/world/generated/client-ts/world/index.js";
import { liveStore } from "../fixtures/world/generated/client-ts/sdk/live/live-store.js";
import { startWorld } from "../runtime/gate/world-server.js";
import { listen } from "./listen.js";
import { ManualClock } from "./manual-clock.js";
import { account, accept, afterTest, connectedPair, overBoth, spoken } from "./world-client.js";

overBoth(() => {
  describe("a live query that was refused", () => {
    it("begins when the user logs in later on the same link", async () => {
      const world = await startWorld();
      afterTest(() => world.close());
      const client = connect(`ws://127.0.0.1:${world.port}/hetu/world`, { protocols: [spoken()] });
      afterTest(() => client.close());
      const mine = client.query(Position).get({ owner: 7n });
      await expect(mine.ready).rejects.toThrow(SubscriptionRefusedError);
      const begun = new Promise<void>((resolve) => mine.onResynced(resolve));
      await client.calls.login(7n);
      await begun;
      expect([mine.error, mine.stale, mine.row]).toStrictEqual([undefined, false, undefined]);
      const appeared = new Promise((resolve) => mine.onInsert(resolve));
      await client.calls.moveTo(1, 2);
      expect(await appeared).toMatchObject({ owner: 7n, x: 1, y: 2 });
    });

    it("is asked for again after a call that succeeds, at most once a second, and tells of its refusal once", async () => {
      const clock = new ManualClock();
      const { client, connection } = await connectedPair({ clock, keepAliveMs: Infinity });
      const range = client.query(Account).range("number");
      const told = listen(range);
      await connection.expect("sub");
      connection.send("sub", null, []);
      await expect(range.ready).rejects.toThrow(SubscriptionRefusedError);

      const call = async (): Promise<void> => {
        const answer = client.calls.any();
        await connection.expectCall("any");
        connection.send("rsp", "ok");
        await answer;
      };
      await call();
      await connection.expect("sub");
      connection.send("sub", null, []);
      await call();
      await call();
      expect(clock.pending).toContain(1000);
      clock.advance(1000);
      await connection.expect("sub");
      connection.send("sub", "A1", [account(1n, 1)]);
      await call();
      expect(connection.unread).toStrictEqual([]);
      expect(told).toStrictEqual(["SubscriptionRefusedError", "+1=0", "resynced"]);
      expect(range.rows).toHaveLength(1);
    });

    it("is ready for a component that shows it once it begins, also without rows", async () => {
      const { client, connection } = await connectedPair();
      const store = liveStore(
        () => client.query(Account).range("number"),
        (query) => ({ count: query?.rows.length }),
      );
      const next = (): Promise<void> =>
        new Promise((resolve) => {
          const stop = store.subscribe(() => {
            resolve();
            queueMicrotask(stop);
          });
        });
      const stop = store.subscribe(() => undefined);
      await connection.expect("sub");
      const refused = next();
      connection.send("sub", null, []);
      await refused;
      expect(store.snapshot()).toMatchObject({ ready: false, error: { code: "SUBSCRIPTION_REFUSED" } });
      void client.calls.any();
      await connection.expectCall("any");
      const begun = next();
      connection.send("rsp", "ok");
      await connection.expect("sub");
      connection.send("sub", "A1", []);
      await begun;
      expect(store.snapshot()).toStrictEqual({ ready: true, stale: false, error: undefined, count: 0 });
      stop();
    });

    it("is not asked for again after a call that is rejected, nor once it is disposed", async () => {
      const { client, connection } = await connectedPair();
      const range = client.query(Account).range("number");
      await connection.expect("sub");
      connection.send("sub", null, []);
      await expect(range.ready).rejects.toThrow(SubscriptionRefusedError);
      const rejected = client.calls.any();
      await connection.expectCall("any");
      connection.send("rej", "any", "ABORTED");
      await expect(rejected).rejects.toThrow("ABORTED");
      range.dispose();
      for (let n = 0; n < 2; n++) {
        const done = client.calls.any();
        await connection.expectCall("any");
        connection.send("rsp", "ok");
        await done;
      }
      expect(connection.unread).toStrictEqual([]);
    });
  });

  describe("a live query", () => {
    it("that is started when the client is resynced is sent on the new link", async () => {
      const { server, client, connection } = await connectedPair();
      const started = new Promise<void>((resolve) => {
        client.onResynced(() => {
          client.query(Account).range("number");
          resolve();
        });
      });
      connection.drop();
      const next = await accept(server);
      await started;
      expect((await next.expect("sub")).query.table).toBe("Account");
    });

    it("that is disposed by one of its handlers calls none of the others", async () => {
      const { client, connection } = await connectedPair();
      const range = client.query(Account).range("number");
      const told: string[] = [];
      range.onInsert(() => {
        told.push("first");
        range.dispose();
      });
      range.onInsert(() => told.push("second"));
      range.onChange(() => told.push("change"));
      await connection.expect("sub");
      connection.send("sub", "A1", [account(1n, 1)]);
      await expect(range.ready).rejects.toThrow("disposed");
      expect(told).toStrictEqual(["first"]);
    });
  });
});
