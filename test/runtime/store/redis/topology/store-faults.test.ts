import { afterEach, expect, test } from "vitest";
import type { Commit, Store } from "../../../../../runtime/store/contract.js";
import { NotReplicatedError } from "../../../../../runtime/store/redis/errors.js";
import type { LinkOptions } from "../../../../../runtime/store/redis/link.js";
import type { RedisStore } from "../../../../../runtime/store/redis/redis-store.js";
import { hashSlot } from "../../../../../runtime/store/redis/topology/hash-slot.js";
import type { Position } from "../../../../fixtures/world/generated/server-ts/world/index.js";
import { eventually, type RedisCluster, useRedis } from "../../../../redis/index.js";
import { Positions, readsOf } from "../../positions.js";
import { freshTag, openStore } from "../open-store.js";
import { useLinks } from "./cluster-world.js";

const redis = useRedis();
const linkTo = useLinks();
const stores: RedisStore[] = [];

afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

async function open(
  cluster: RedisCluster,
  tag: string,
  worker: number,
  options: LinkOptions = {},
): Promise<RedisStore> {
  const store = await openStore(await linkTo(cluster.url, options), tag, { worker });
  stores.push(store);
  return store;
}

/** Adds 1 to counters, from one process. */
class Increments {
  answered = 0;
  /** Told that too few replicas have them: they stand, unless the primary dies before it gets replicas. */
  uncertain = 0;
  readonly #positions: Positions;
  #ends = false;

  constructor(store: Store) {
    this.#positions = new Positions(store);
  }

  async run(ids: readonly bigint[]): Promise<void> {
    await Promise.all(
      ids.map(async (id) => {
        while (!this.#ends) await this.#increment(id);
      }),
    );
  }

  end(): void {
    this.#ends = true;
  }

  async progress(count: number): Promise<void> {
    const goal = this.answered + count;
    while (this.answered < goal) await new Promise((resolve) => setImmediate(resolve));
  }

  async #increment(id: bigint): Promise<void> {
    const { table, store } = this.#positions;
    for (;;) {
      const { position } = store;
      const before = await this.#positions.get(id);
      if (before === undefined) throw new Error(`counter ${id} is gone`);
      const after = table.codec.clone(before);
      after.x += 1;
      const reads = readsOf({ rows: [{ table, id, version: before.$version, position }] });
      const result = await store.commit(reads, [{ table, id, before, after }]);
      if (result.status === "conflict") continue;
      if (result.failure === undefined) this.answered++;
      else if (result.failure instanceof NotReplicatedError) this.uncertain++;
      else throw result.failure;
      return;
    }
  }
}

/** The counters as a listener knows them: what the commits say, read anew after a reset. */
class View {
  readonly rows = new Map<bigint, number>();
  resets = 0;
  heard = 0;
  disorder = 0;
  #last: number;

  constructor(store: RedisStore, ids: readonly bigint[]) {
    const positions = new Positions(store);
    this.#last = store.position;
    store.onCommit(({ position, changes }: Commit) => {
      this.heard++;
      if (position <= this.#last) this.disorder++;
      this.#last = position;
      for (const { id, after } of changes) if (after !== undefined) this.rows.set(id, (after as Position).x);
    });
    store.onReset((position) => {
      this.resets++;
      this.#last = position;
      for (const id of ids) void positions.get(id).then((row) => this.rows.set(id, row?.x ?? NaN));
    });
  }

  get total(): number {
    return [...this.rows.values()].reduce((total, x) => total + x, 0);
  }
}

async function counters(store: Store): Promise<bigint[]> {
  const positions = new Positions(store);
  return Promise.all([1n, 2n, 3n, 4n].map((owner) => positions.insert({ owner, x: 0 })));
}

async function sum(store: Store, ids: readonly bigint[]): Promise<number> {
  const rows = await Promise.all(ids.map((id) => new Positions(store).get(id)));
  return rows.reduce((total, row) => total + (row?.x ?? NaN), 0);
}

test("While the slot of a partition moves under the load of two processes, no increment is lost and no listener misses one", async () => {
  const cluster = await redis.cluster({ primaries: 3, replicas: 0 });
  const tag = freshTag();
  const slot = hashSlot(tag);
  const [a, b] = [await open(cluster, tag, 0), await open(cluster, tag, 1)];
  const ids = await counters(a);
  await eventually(() => Promise.resolve(b.position === a.position));
  const views = [new View(a, ids), new View(b, ids)];
  const increments = [new Increments(a), new Increments(b)];
  const running = increments.map((one) => one.run(ids));
  const primaries = cluster.nodes.slice(0, 3);
  for (let round = 0; round < 4; round++) {
    await Promise.all(increments.map((one) => one.progress(50)));
    const from = await cluster.primaryOf(slot);
    const to = primaries[(primaries.indexOf(from) + 1) % primaries.length];
    if (to !== undefined) await cluster.moveSlot(slot, to);
  }
  await Promise.all(increments.map((one) => one.progress(50)));
  for (const one of increments) one.end();
  await Promise.all(running);
  const answered = increments.reduce((total, one) => total + one.answered, 0);
  expect(await sum(a, ids)).toBe(answered);
  await eventually(() => Promise.resolve(a.position === b.position));
  for (const { heard, disorder, resets, total } of views) {
    expect({ heard, disorder, resets, total }).toEqual({ heard: answered, disorder: 0, resets: 0, total: answered });
  }
});

test("After kill -9 of a partition's primary, replicated increments are all there, none twice, and listeners agree", async () => {
  const cluster = await redis.cluster({ primaries: 3, replicas: 2 });
  const tag = freshTag();
  const slot = hashSlot(tag);
  const wait = { wait: { replicas: 1, timeout: 2000 } };
  const [a, b] = [await open(cluster, tag, 0, wait), await open(cluster, tag, 1, wait)];
  const ids = await counters(a);
  await eventually(() => Promise.resolve(b.position === a.position));
  const views = [new View(a, ids), new View(b, ids)];
  const increments = [new Increments(a), new Increments(b)];
  const running = increments.map((one) => one.run(ids));
  await Promise.all(increments.map((one) => one.progress(100)));
  await (await cluster.primaryOf(slot)).kill("SIGKILL");
  await Promise.all(increments.map((one) => one.progress(100)));
  for (const one of increments) one.end();
  await Promise.all(running);
  const total = await sum(a, ids);
  const answered = increments.reduce((all, one) => all + one.answered, 0);
  const uncertain = increments.reduce((all, one) => all + one.uncertain, 0);
  expect(total).toBeGreaterThanOrEqual(answered);
  expect(total).toBeLessThanOrEqual(answered + uncertain);
  for (const view of views) {
    await eventually(() => Promise.resolve(view.total === total));
    expect(view.disorder).toBe(0);
  }
});
