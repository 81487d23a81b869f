import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Row } from "../../../runtime/codegen/row.js";
import type { Commit, RangeScan, ReadSet, Store, Table } from "../../../runtime/store/contract.js";
import type { Account, Position } from "../../fixtures/world/generated/server-ts/world/index.js";
import { NO_READS, Positions, readsOf } from "./positions.js";
import { sharedConformance } from "./shared-conformance.js";

/** How the suite gets stores of one kind, with the schema of the world applied. */
export interface StoreFactory {
  open(): Promise<Store>;
  /** Closes the store and opens its data again. */
  reopen(store: Store): Promise<Store>;
  /** The same data as another process has it open; left out where only one process can. */
  other?(store: Store): Promise<Store>;
  /** How many of so many random runs to make; all of them when left out. */
  runs?(most: number): number;
}

const BYTES = Uint8Array.of(0, 255, 13, 10);

/** What every store must do, see `runtime/store/contract.ts`. */
export function storeConformance(name: string, factory: StoreFactory): void {
  describe(`${name} as a store`, () => {
    it("returns rows as they were committed, each time as an object of its own", async () => {
      const store = await factory.open();
      const positions = new Positions(store);
      const id = await positions.insert({ owner: 7n, zone: 3, x: 1.5 });
      const row = await positions.get(id);
      expect(row?.toObject()).toEqual({ id, owner: 7n, zone: 3, x: 1.5, y: 0 });
      (row as Position).x = 9;
      expect((await positions.get(id))?.x).toBe(1.5);
      expect((await positions.byOwner(7n))?.id).toBe(id);
      expect(await positions.get(1n)).toBeUndefined();
      expect(await positions.byOwner(8n)).toBeUndefined();
    });

    it("numbers commits one after the other and gives every row the number of its last one", async () => {
      const store = await factory.open();
      const positions = new Positions(store);
      const first = store.position;
      const id = await positions.insert({ owner: 1n });
      expect((await positions.get(id))?.$version).toBe(first + 1);
      await positions.change(id, { y: 1 });
      expect((await positions.get(id))?.$version).toBe(first + 2);
      expect(store.position).toBe(first + 2);
    });

    it("follows a row through its indexes when it changes and when it goes", async () => {
      const store = await factory.open();
      const positions = new Positions(store);
      const id = await positions.insert({ owner: 1n, zone: 1, x: 1 });
      await positions.change(id, { owner: 2n, zone: 2 });
      expect(await positions.byOwner(1n)).toBeUndefined();
      expect((await positions.byOwner(2n))?.id).toBe(id);
      expect(await positions.owners("zone,x", [1], [1])).toEqual([]);
      expect(await positions.owners("zone,x", [2], [2])).toEqual([2n]);
      await positions.remove(id);
      expect(await positions.get(id)).toBeUndefined();
      expect(await positions.byOwner(2n)).toBeUndefined();
      expect(await positions.owners("zone,x", [2], [2])).toEqual([]);
      expect(await positions.owners("id")).toEqual([]);
    });

    it("lets rows trade unique keys within one commit", async () => {
      const store = await factory.open();
      const positions = new Positions(store);
      const a = await positions.insert({ owner: 1n });
      const b = await positions.insert({ owner: 2n });
      await positions.commit([await positions.changed(a, { owner: 2n }), await positions.changed(b, { owner: 1n })]);
      expect((await positions.byOwner(1n))?.id).toBe(b);
      expect((await positions.byOwner(2n))?.id).toBe(a);
    });

    it("scans in key order, ties by id, within bounds and limit, in both directions", async () => {
      const store = await factory.open();
      const positions = new Positions(store);
      for (const [owner, x] of [
        [1n, 5],
        [2n, -1],
        [3n, 5],
        [4n, 0],
        [5n, 7],
      ] as const) {
        await positions.insert({ owner, x });
      }
      expect(await positions.owners("x")).toEqual([2n, 4n, 1n, 3n, 5n]);
      expect(await positions.owners("x", [0], [5])).toEqual([4n, 1n, 3n]);
      expect(await positions.owners("x", [0], [5], { desc: true })).toEqual([3n, 1n, 4n]);
      expect(await positions.owners("x", [0], undefined, { limit: 2 })).toEqual([4n, 1n]);
      expect(await positions.owners("x", undefined, undefined, { limit: 2, desc: true })).toEqual([5n, 3n]);
      expect(await positions.owners("x", undefined, undefined, { limit: 0 })).toEqual([]);
      expect(await positions.owners("owner", [2n], [4n])).toEqual([2n, 3n, 4n]);
    });

    it("keeps a copy of a table apart from the table", async () => {
      const store = await factory.open();
      const [table, copy] = [store.table("Journal"), store.table("Journal:Shop")];
      const after = table.codec.create(store.nextId(), { key: 1 }, 0, false);
      await store.commit(NO_READS, [{ table: copy, id: after.id, before: undefined, after }]);
      expect(await store.get(table, after.id)).toBeUndefined();
      expect((await store.get(copy, after.id))?.id).toBe(after.id);
    });

    it("refuses a commit when a row that was read has changed, or one that was absent has come", async () => {
      const store = await factory.open();
      const positions = new Positions(store);
      const id = await positions.insert({ owner: 1n });
      const { position } = store;
      const read = { table: positions.table, id, version: (await positions.get(id))?.$version ?? 0, position };
      const nothing = { table: positions.table, id: 77n, version: 0, position };
      expect(await store.commit(readsOf({ rows: [read, nothing] }), [])).toMatchObject({ status: "committed" });
      await positions.change(id, { y: 2 });
      const conflict = { status: "conflict", table: positions.table };
      expect(await store.commit(readsOf({ rows: [read] }), [])).toEqual(conflict);
      expect(await store.commit(readsOf({ rows: [nothing] }), [])).toMatchObject({ status: "committed" });
      await positions.remove(id);
      expect(await store.commit(readsOf({ rows: [read] }), [])).toEqual(conflict);
    });

    it("refuses a commit when a key that no row had has been taken", async () => {
      const store = await factory.open();
      const positions = new Positions(store);
      const read = positions.absent(5n);
      expect(await store.commit(readsOf({ keys: [read] }), [])).toMatchObject({ status: "committed" });
      const other = await positions.insert({ owner: 6n });
      expect(await store.commit(readsOf({ keys: [read] }), [])).toMatchObject({ status: "committed" });
      await positions.change(other, { owner: 5n });
      expect(await store.commit(readsOf({ keys: [read] }), [])).toMatchObject({ status: "conflict" });
    });

    it("refuses a commit when a range has lost, gained or reordered rows, and no other", async () => {
      const store = await factory.open();
      const positions = new Positions(store);
      const a = await positions.insert({ owner: 1n, x: 1 });
      const b = await positions.insert({ owner: 2n, x: 2 });
      const valid = async (scan: RangeScan, ids: bigint[], position: number): Promise<boolean> =>
        (await store.commit(readsOf({ ranges: [{ scan, ids, position }] }), [])).status === "committed";
      const all = positions.scan("x", [0], [10]);
      const first = positions.scan("x", [0], [10], { limit: 1 });
      const start = store.position;
      await positions.change(a, { y: 5 });
      await positions.insert({ owner: 3n, x: 11 });
      expect(await valid(all, [a, b], start)).toBe(true);
      await positions.change(b, { x: 3 });
      expect(await valid(all, [a, b], start)).toBe(true);
      await positions.change(b, { x: 0.5 });
      expect(await valid(all, [a, b], start)).toBe(false);
      expect(await valid(first, [a], start)).toBe(false);
      expect(await valid(first, [b], start)).toBe(true);
      await positions.remove(b);
      expect(await valid(all, [b, a], start)).toBe(false);
      expect(await valid(all, [a], start)).toBe(true);
    });

    it("applies nothing of a commit that it refuses", async () => {
      const store = await factory.open();
      const positions = new Positions(store);
      const id = await positions.insert({ owner: 1n });
      const read = { table: positions.table, id, version: 12345, position: 0 };
      const before = store.position;
      const heard: Commit[] = [];
      const stop = store.onCommit((commit) => heard.push(commit));
      const result = await store.commit(readsOf({ rows: [read] }), [positions.inserted({ owner: 2n })]);
      stop();
      expect(result.status).toBe("conflict");
      expect(await positions.byOwner(2n)).toBeUndefined();
      expect(store.position).toBe(before);
      expect(heard).toEqual([]);
    });

    it("tells every commit once, in order, with both states of each row", async () => {
      const store = await factory.open();
      const positions = new Positions(store);
      const heard: Commit[] = [];
      const stop = store.onCommit((commit) => heard.push(commit));
      const id = await positions.insert({ owner: 1n, y: 1 });
      await positions.change(id, { y: 2 });
      await store.commit(NO_READS, []);
      await positions.remove(id);
      await settled(store);
      stop();
      await positions.insert({ owner: 2n });
      const told = heard.map(({ changes }) =>
        changes.map(({ before, after }) => [(before as Position | undefined)?.y, (after as Position | undefined)?.y]),
      );
      expect(told).toEqual([[[undefined, 1]], [[1, 2]], [[2, undefined]]]);
      expect(heard.map(({ position }) => position)).toEqual([1, 2, 3].map((n) => (heard[0]?.position ?? 0) - 1 + n));
    });

    it("tells what was given with a commit, and that this process made it", async () => {
      const store = await factory.open();
      const positions = new Positions(store);
      const heard: Commit[] = [];
      store.onCommit((commit) => heard.push(commit));
      await store.commit(NO_READS, [positions.inserted({ owner: 1n })], BYTES);
      await store.commit(NO_READS, [positions.inserted({ owner: 2n })], new Uint8Array(0));
      await positions.insert({ owner: 3n });
      expect(heard.map(({ message }) => message)).toEqual([BYTES, new Uint8Array(0), undefined]);
      expect(heard.every(({ own }) => own)).toBe(true);
    });

    it("has told listeners of a commit when it answers, and answers with its position", async () => {
      const store = await factory.open();
      const positions = new Positions(store);
      let last = 0;
      store.onCommit(({ position }) => (last = position));
      const results = await Promise.all(
        Array.from({ length: 20 }, async (_, i) => {
          const result = await positions.commit([positions.inserted({ owner: BigInt(i) })]);
          if (result.status === "committed") expect(last).toBeGreaterThanOrEqual(result.position);
          return result;
        }),
      );
      const first = Math.min(...results.map((result) => (result.status === "committed" ? result.position : 0)));
      expect(results).toEqual(results.map((_, i) => ({ status: "committed", position: first + i })));
      expect(store.position).toBe(first + 19);
    });

    it("gives snapshots of one state with the position of that state", async () => {
      const store = await factory.open();
      const positions = new Positions(store);
      const a = await positions.insert({ owner: 1n, x: 1 });
      await positions.insert({ owner: 2n, x: 2 });
      const { position } = store;
      const snapshot = await store.snapshot(positions.scan("x", [0], [9], { desc: true }));
      expect(snapshot.rows.map(({ owner }) => owner)).toEqual([2n, 1n]);
      expect(snapshot.position).toBe(position);
      await positions.change(a, { x: 3 });
      const next = await store.snapshot(positions.scan("x", [0], [9], { limit: 1, desc: true }));
      expect(next.rows.map(({ owner }) => owner)).toEqual([1n]);
      expect(next.position).toBe(position + 1);
      const nothing = await store.snapshot(positions.scan("x", [100]));
      expect(nothing).toEqual({ rows: [], position: position + 1 });
    });

    it("takes what one question gave for valid, and waits until listeners know what it saw", async () => {
      const store = await factory.open();
      const positions = new Positions(store);
      const id = await positions.insert({ owner: 1n, x: 1 });
      const { position } = store;
      const row = await positions.get(id);
      const read = { table: positions.table, id, version: row?.$version ?? 0, position };
      const single = async (reads: Partial<ReadSet>): Promise<number> => {
        const result = await store.commit(readsOf({ operations: 1, ...reads }), []);
        return result.status === "committed" ? result.position : -1;
      };
      expect(await single({ rows: [read] })).toBeLessThanOrEqual(store.position);
      expect(await single({ keys: [positions.absent(5n)] })).toBeLessThanOrEqual(store.position);
      const scan = positions.scan("x");
      await positions.owners("x");
      expect(await single({ rows: [read], ranges: [{ scan, ids: [id], position }] })).toBe(store.position);
      const nothing = { table: positions.table, id: 77n, version: 0, position };
      expect(await single({ rows: [nothing] })).toBeLessThanOrEqual(store.position);
    });

    it("validates a range of as many rows as a transaction may read", async () => {
      const store = await factory.open();
      const positions = new Positions(store);
      expect(store.maxRangeRows).toBeGreaterThanOrEqual(1_000);
      const changes = Array.from({ length: 1_100 }, (_, i) => positions.inserted({ owner: BigInt(i), x: i }));
      await positions.commit(changes);
      const scan = positions.scan("x", [0], undefined, { limit: Math.min(store.maxRangeRows, 1_100) });
      const rows = await store.range(scan);
      const { position } = store;
      const reads = readsOf({
        rows: rows.map(({ id, $version }) => ({ table: positions.table, id, version: $version, position })),
        ranges: [{ scan, ids: rows.map(({ id }) => id), position }],
      });
      expect(rows.map(({ owner }) => owner)).toEqual(rows.map((_, i) => BigInt(i)));
      expect((await positions.owners("x", [0])).length).toBe(1_100);
      expect(await store.commit(reads, [])).toMatchObject({ status: "committed" });
      await positions.change(rows[999]?.id ?? 0n, { y: 1 });
      expect(await store.commit(reads, [])).toMatchObject({ status: "conflict" });
    });

    it("has positions above its floor", async () => {
      const store = await factory.open();
      const id = await new Positions(store).insert({ owner: 1n });
      expect(store.floor).toBeGreaterThanOrEqual(0);
      expect(store.position).toBeGreaterThan(store.floor);
      expect((await new Positions(store).get(id))?.$version).toBeGreaterThan(store.floor);
    });

    it("reads the same through a stale view, which refuses to change anything", async () => {
      const store = await factory.open();
      const positions = new Positions(store);
      const id = await positions.insert({ owner: 1n, x: 4 });
      const view = store.stale(0);
      expect((await view.get(positions.table, id))?.x).toBe(4);
      const { index, key } = positions.absent(1n);
      expect((await view.lookup(positions.table, index, key))?.id).toBe(id);
      expect((await view.range(positions.scan("x"))).map((row) => row.id)).toEqual([id]);
      expect(await view.commit(readsOf({}), [])).toMatchObject({ status: "committed" });
    });

    it("moves its durable position up to the position, and keeps everything up to there", async () => {
      let store = await factory.open();
      let positions = new Positions(store);
      const ids = [];
      for (let i = 0n; i < 50n; i++) ids.push(await positions.insert({ owner: i }));
      await settled(store);
      const { position } = store;
      expect(store.durablePosition).toBeGreaterThanOrEqual(position);
      store = await factory.reopen(store);
      positions = new Positions(store);
      expect(store.position).toBe(position);
      expect(await positions.owners("id")).toEqual(ids.map((_, i) => BigInt(i)));
      expect(ids.includes(await positions.insert({ owner: 100n }))).toBe(false);
    });

    it("gives ascending ids that never repeat, also after a restart", async () => {
      let store = await factory.open();
      const ids = Array.from({ length: 10_000 }, () => store.nextId());
      await new Positions(store).commit([new Positions(store).inserted({ owner: 1n })]);
      store = await factory.reopen(store);
      ids.push(...Array.from({ length: 10_000 }, () => store.nextId()));
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.every((id, i) => i === 0 || id > (ids[i - 1] as bigint))).toBe(true);
    });

    it("agrees with a plain map under any sequence of commits, whatever is still being written", async () => {
      const store = await factory.open();
      const table = store.table("Account");
      const model = new Map<bigint, number>();
      const byNumber = (number: number): bigint | undefined => [...model].find(([, other]) => other === number)?.[0];
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(fc.nat(30), fc.nat(30), fc.boolean()), { maxLength: 8 }), async (moves) => {
          for (const [from, to, pause] of moves) {
            const id = byNumber(from);
            const before = id === undefined ? undefined : ((await store.get(table, id)) as Account);
            expect(before?.number).toBe(id === undefined ? undefined : from);
            if (from !== to && byNumber(to) !== undefined) continue;
            const after = (
              before === undefined ? table.codec.create(store.nextId(), {}, 0, true) : table.codec.clone(before)
            ) as Account;
            after.number = to;
            const gone = before !== undefined && from === to;
            await store.commit(NO_READS, [{ table, id: after.id, before, after: gone ? undefined : after }]);
            if (gone) model.delete(after.id);
            else model.set(after.id, to);
            if (pause) await new Promise((resolve) => setImmediate(resolve));
          }
          const rows = await scanAll(store, table, 1);
          expect(rows.map(({ id }) => id)).toEqual([...model].sort((a, b) => a[1] - b[1]).map(([id]) => id));
        }),
        { numRuns: factory.runs?.(300) ?? 300 },
      );
    });

    const { other } = factory;
    if (other !== undefined) sharedConformance(() => factory.open(), other);
  });
}

function settled(store: Store): Promise<void> {
  if (store.durablePosition >= store.position) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = store.onDurable((position) => {
      if (position < store.position) return;
      stop();
      resolve();
    });
  });
}

function scanAll(store: Store, table: Table, index: number): Promise<Row[]> | Row[] {
  return store.range({ table, index, lower: new Uint8Array(0), upper: undefined, limit: Infinity, desc: false });
}
