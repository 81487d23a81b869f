import { expect, it, vi } from "vitest";
import type { Commit, Store } from "../../../runtime/store/contract.js";
import type { Position } from "../../fixtures/world/generated/server-ts/world/index.js";
import { NO_READS, Positions, readsOf } from "./positions.js";

/**
 * What stores do that several processes have open; part of `storeConformance`.
 * @param other opens the same data as another process has it.
 */
export function sharedConformance(open: () => Promise<Store>, other: (store: Store) => Promise<Store>): void {
  const both = async (): Promise<[Positions, Positions]> => {
    const store = await open();
    return [new Positions(store), new Positions(await other(store))];
  };

  it("tells each process the commits of the others, in the same order as its own", async () => {
    const [here, there] = await both();
    const heard: Commit[][] = [[], []];
    here.store.onCommit((commit) => heard[0]?.push(commit));
    there.store.onCommit((commit) => heard[1]?.push(commit));
    await Promise.all(
      Array.from({ length: 40 }, async (_, i) => {
        const by = i % 2 === 0 ? here : there;
        await by.store.commit(NO_READS, [by.inserted({ owner: BigInt(i), y: i })], Uint8Array.of(i));
      }),
    );
    await vi.waitUntil(() => heard.every(({ length }) => length === 40), { timeout: 20_000 });
    const told = heard.map((commits) =>
      commits.map(({ position, message, changes }) => ({
        position,
        message,
        rows: changes.map(({ id, after }) => [id, after?.$version, after?.toObject()]),
      })),
    );
    expect(told[0]).toEqual(told[1]);
    expect(told[0]?.map(({ position }) => position)).toEqual(told[0]?.map((_, i) => (told[0]?.[0]?.position ?? 0) + i));
    expect(heard[0]?.map(({ own }) => own)).toEqual(heard[1]?.map(({ own }) => !own));
    expect(heard[0]?.filter(({ own }) => own)).toHaveLength(20);
  });

  it("lets only one of two processes change a row that both have read", async () => {
    const [here, there] = await both();
    const id = await here.insert({ owner: 1n });
    const increment = async (by: Positions): Promise<boolean> => {
      const change = await by.changed(id, {});
      (change.after as Position).y++;
      const read = { table: by.table, id, version: change.before?.$version ?? 0, position: by.store.position };
      return (await by.store.commit(readsOf({ rows: [read] }), [change])).status === "committed";
    };
    let done = 0;
    await Promise.all(
      Array.from({ length: 20 }, async (_, i) => {
        while (!(await increment(i % 2 === 0 ? here : there)));
        done++;
      }),
    );
    expect(done).toBe(20);
    expect((await there.get(id))?.y).toBe(20);
  });

  it("refuses one of two commits that each depend on what the other writes", async () => {
    const [here, there] = await both();
    const [a, b] = [await here.insert({ owner: 1n, y: 1 }), await here.insert({ owner: 2n, y: 1 })];
    const look = async (by: Positions, mine: bigint, theirs: bigint): Promise<() => Promise<string>> => {
      const change = await by.changed(mine, { y: 0 });
      const rest = (await by.get(theirs)) as Position;
      const { position } = by.store;
      const rows = [change.before as Position, rest].map(({ id, $version }) => {
        return { table: by.table, id, version: $version, position };
      });
      return async () => (await by.store.commit(readsOf({ rows }), [change])).status;
    };
    // Both look before either writes.
    const leaving = await Promise.all([look(here, a, b), look(there, b, a)]);
    const outcomes = await Promise.all(leaving.map((leave) => leave()));
    expect(outcomes.toSorted()).toEqual(["committed", "conflict"]);
  });

  it("refuses one of two inserts into a range that both have found empty", async () => {
    const [here, there] = await both();
    const book = async (by: Positions, owner: bigint): Promise<string> => {
      const scan = by.scan("zone,x", [7, 0], [7, 9]);
      const found = await by.store.range(scan);
      const ids = found.map(({ id }) => id);
      const reads = readsOf({ ranges: [{ scan, ids, position: by.store.position }] });
      return (await by.store.commit(reads, [by.inserted({ owner, zone: 7, x: 5 })])).status;
    };
    const outcomes = await Promise.all([book(here, 1n), book(there, 2n)]);
    expect(outcomes.toSorted()).toEqual(["committed", "conflict"]);
  });

  it("lets only one of two rows take a key of a unique index, without anybody having looked", async () => {
    const [here, there] = await both();
    const insert = async (by: Positions): Promise<string> => (await by.commit([by.inserted({ owner: 9n })])).status;
    const outcomes = await Promise.all([insert(here), insert(there), insert(here)]);
    expect(outcomes.toSorted()).toEqual(["committed", "conflict", "conflict"]);
    expect(await here.owners("owner")).toEqual([9n]);
  });

  it("waits with an answer until listeners have heard of what another process had committed before", async () => {
    const [here, there] = await both();
    const heard: number[] = [];
    there.store.onCommit(({ position }) => heard.push(position));
    for (let i = 0n; i < 20n; i++) {
      const id = await here.insert({ owner: i });
      const row = (await there.get(id)) as Position;
      const read = { table: there.table, id, version: row.$version, position: there.store.position };
      await there.store.commit(readsOf({ operations: 1, rows: [read] }), []);
      expect(heard.at(-1)).toBeGreaterThanOrEqual(row.$version);
    }
  });
}
