import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RangeScan, RowChange, Store } from "../../../../runtime/store/contract.js";
import { parseRedisUrl } from "../../../../runtime/store/redis/address.js";
import type { RedisLink } from "../../../../runtime/store/redis/link.js";
import { openLink } from "../../../../runtime/store/redis/open-link.js";
import type { RedisStore } from "../../../../runtime/store/redis/redis-store.js";
import { useRedis } from "../../../redis/index.js";
import type { Position } from "../../../fixtures/world/generated/server-ts/world/index.js";
import { Positions, readsOf } from "../positions.js";
import { freshTag, openStore } from "./open-store.js";

const redis = useRedis();
const links: RedisLink[] = [];

beforeAll(async () => {
  const { url } = await redis.server();
  for (let i = 0; i < 3; i++) links.push(await openLink(parseRedisUrl(url)));
});

afterAll(async () => {
  for (const link of links) await link.close();
});

/** A row as transactions see it: owner (unique), zone and x (indexed), y. */
type Values = readonly [owner: number, zone: number, x: number, y: number];

type Read =
  | { readonly kind: "id"; readonly id: bigint; readonly found: Values | undefined }
  | { readonly kind: "owner"; readonly owner: number; readonly found: bigint | undefined }
  | { readonly kind: "zone"; readonly zone: number; readonly limit: number; readonly found: readonly bigint[] };

interface Done {
  readonly position: number;
  readonly reads: readonly Read[];
  readonly writes: readonly (readonly [bigint, Values | undefined])[];
}

/** One random transaction: some reads, then changes that depend on them. */
interface Step {
  readonly owners: readonly number[];
  readonly zone: number | undefined;
  readonly limit: number;
  readonly action: "look" | "raise" | "move" | "insert" | "delete" | "trade";
  readonly seed: number;
}

const OWNERS = 6;
const ZONES = 2;

const step: fc.Arbitrary<Step> = fc.record({
  owners: fc.array(fc.nat(OWNERS - 1), { minLength: 1, maxLength: 3 }),
  zone: fc.option(fc.nat(ZONES - 1), { nil: undefined }),
  limit: fc.integer({ min: 1, max: 5 }),
  action: fc.constantFrom("look", "raise", "raise", "move", "insert", "delete", "trade"),
  seed: fc.nat(1000),
});

function valuesOf(row: Position): Values {
  return [Number(row.owner), row.zone, row.x, row.y];
}

/** Runs a step until it commits. */
async function run(store: Store, wanted: Step): Promise<Done> {
  for (;;) {
    const done = await attempt(store, wanted);
    if (done !== undefined) return done;
  }
}

async function attempt(store: Store, { owners, zone, limit, action, seed }: Step): Promise<Done | undefined> {
  const positions = new Positions(store);
  const { table } = positions;
  const { position } = store;
  const reads: Read[] = [];
  const set = readsOf({ rows: [], keys: [], ranges: [] });
  const rows = new Map<bigint, Position>();
  const saw = (row: Position): void => {
    if (rows.has(row.id)) return;
    rows.set(row.id, row);
    (set.rows as unknown[]).push({ table, id: row.id, version: row.$version, position });
  };
  const free: number[] = [];
  const held: Position[] = [];
  for (const owner of new Set(owners)) {
    const row = await positions.byOwner(BigInt(owner));
    reads.push({ kind: "owner", owner, found: row?.id });
    if (row === undefined) {
      free.push(owner);
      (set.keys as unknown[]).push(positions.absent(BigInt(owner)));
    } else {
      reads.push({ kind: "id", id: row.id, found: valuesOf(row) });
      if (!rows.has(row.id)) held.push(row);
      saw(row);
    }
  }
  if (zone !== undefined) {
    const scan: RangeScan<Position> = positions.scan("zone,x", [zone], [zone], { limit });
    const found = await store.range(scan);
    (set.ranges as unknown[]).push({ scan, ids: found.map(({ id }) => id), position });
    reads.push({ kind: "zone", zone, limit, found: found.map(({ id }) => id) });
    for (const row of found) {
      // A transaction keeps the row as it has read it first.
      if (!rows.has(row.id)) reads.push({ kind: "id", id: row.id, found: valuesOf(row) });
      saw(row);
    }
  }
  const changes = changesOf(positions, action, held, free, seed);
  const result = await store.commit(set, changes);
  if (result.status === "conflict") return undefined;
  const writes = changes.map(({ id, after }) => [id, after && valuesOf(after as Position)] as const);
  return { position: result.position, reads, writes };
}

function changesOf(
  positions: Positions,
  action: Step["action"],
  held: readonly Position[],
  free: readonly number[],
  seed: number,
): RowChange[] {
  const { table } = positions;
  const changed = (row: Position, change: (after: Position) => void): RowChange => {
    const after = table.codec.clone(row);
    change(after);
    return { table, id: row.id, before: row, after };
  };
  const [first, second] = held;
  switch (action) {
    case "raise":
      return held.map((row) => changed(row, (after) => (after.y = row.y + 1)));
    case "move":
      return held.map((row) =>
        changed(row, (after) => {
          after.zone = seed % ZONES;
          after.x = seed % 7;
        }),
      );
    case "insert":
      return free.map((owner) => positions.inserted({ owner: BigInt(owner), zone: seed % ZONES, x: seed % 5 }));
    case "delete":
      return held.slice(0, 1).map((row) => ({ table, id: row.id, before: row, after: undefined }));
    case "trade":
      if (first === undefined || second === undefined) return [];
      return [
        changed(first, (after) => (after.owner = second.owner)),
        changed(second, (after) => (after.owner = first.owner)),
      ];
    case "look":
      return [];
  }
}

/** Plays the transactions one after the other, in the order of their positions, and compares what each has read. */
function replay(done: readonly Done[], until: number): Map<bigint, Values> {
  const rows = new Map<bigint, Values>();
  const writers = done.filter(({ writes }) => writes.length > 0).toSorted((a, b) => a.position - b.position);
  const readers = done.filter(({ writes }) => writes.length === 0).toSorted((a, b) => a.position - b.position);
  expect(new Set(writers.map(({ position }) => position)).size).toBe(writers.length);
  let reader = 0;
  const readUpTo = (position: number): void => {
    while (reader < readers.length && (readers[reader] as Done).position < position) {
      holds(rows, (readers[reader++] as Done).reads);
    }
  };
  for (const { position, reads, writes } of writers) {
    readUpTo(position);
    holds(rows, reads);
    for (const [id, values] of writes) {
      if (values === undefined) rows.delete(id);
      else rows.set(id, values);
    }
  }
  readUpTo(until + 1);
  expect(reader).toBe(readers.length);
  return rows;
}

function holds(rows: ReadonlyMap<bigint, Values>, reads: readonly Read[]): void {
  const all = [...rows];
  for (const read of reads) {
    if (read.kind === "id") expect(rows.get(read.id)).toEqual(read.found);
    else if (read.kind === "owner") expect(all.find(([, [owner]]) => owner === read.owner)?.[0]).toBe(read.found);
    else {
      const inZone = all.filter(([, [, zone]]) => zone === read.zone);
      inZone.sort(([a, [, , ax]], [b, [, , bx]]) => ax - bx || (a < b ? -1 : 1));
      expect(inZone.slice(0, read.limit).map(([id]) => id)).toEqual(read.found);
    }
  }
}

describe("transactions of several processes on one partition", () => {
  it("have the effect and the reads of one after the other, in the order of their positions", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(2), step), { minLength: 30, maxLength: 120 }), async (plan) => {
        const tag = freshTag();
        const stores: RedisStore[] = [];
        for (const [worker, link] of links.entries()) stores.push(await openStore(link, tag, { worker }));
        const heard: number[] = [];
        stores[0]?.onCommit(({ position }) => heard.push(position));
        const queue = [...plan];
        const done: Done[] = [];
        const lane = async (): Promise<void> => {
          for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
            done.push(await run(stores[next[0]] as Store, next[1]));
          }
        };
        await Promise.all(Array.from({ length: 9 }, lane));
        const last = await (stores[0] as RedisStore).snapshot(new Positions(stores[0] as Store).scan("id"));
        const rows = replay(done, last.position);
        expect(new Map(last.rows.map((row) => [row.id, valuesOf(row)]))).toEqual(rows);
        for (const store of stores) await store.close();
        expect(heard).toEqual(heard.map((_, i) => i + 1));
      }),
      { numRuns: 25 },
    );
  });
});
