import { expect, it } from "vitest";
import type { AnyContext } from "../../fixtures/world/generated/server-ts/world/index.js";
import { findAnomaly, type HistoryTransaction } from "./history.js";
import { onTopologies, type TestStores, TOPOLOGIES } from "../topologies.js";
import { World } from "./world.js";

/** A small generator of random numbers (Steele, Lea and Flood's SplitMix, 32 bits), so that a failure can be repeated. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

/** Lets others come forward: some microtasks, or a turn of the event loop. */
async function yielding(random: () => number): Promise<void> {
  const kind = random();
  if (kind < 0.3) return;
  if (kind < 0.7) for (let i = random() * 5; i > 0; i--) await Promise.resolve();
  else await new Promise((resolve) => setImmediate(resolve));
}

async function readList(ctx: AnyContext, key: number): Promise<string[]> {
  const row = await ctx.Journal.get({ key });
  return row === undefined || row.items === "" ? [] : row.items.split(",");
}

async function append(ctx: AnyContext, key: number, value: string): Promise<void> {
  const row = await ctx.Journal.upsert({ key });
  row.items = row.items === "" ? value : `${row.items},${value}`;
}

/** One for each process that can use the same data at the same time. */
async function openWorlds(stores: TestStores): Promise<readonly [World, ...World[]]> {
  const store = await stores.open();
  const beside = await stores.beside(store);
  return beside === undefined ? [new World(store)] : [new World(store), new World(beside)];
}

function pick(worlds: readonly [World, ...World[]], n: number): World {
  return worlds[n % worlds.length] ?? worlds[0];
}

function conflictsOf(worlds: readonly World[]): number {
  return worlds.reduce((sum, { conflicts }) => sum + conflicts.length, 0);
}

onTopologies(TOPOLOGIES, (stores) => {
  it.each([1, 2, 3, 4, 5, 6])("gives strictly serializable histories of lists (seed %i)", async (seed) => {
    const random = randomFrom(seed);
    const worlds = await openWorlds(stores);
    const [world] = worlds;
    const history: HistoryTransaction[] = [];
    let clock = 0;
    let unique = 0;
    const client = async (name: number): Promise<void> => {
      for (let i = 0; i < 40; i++) {
        const start = ++clock;
        const kinds = Array.from({ length: 1 + Math.floor(random() * 4) }, () => random() < 0.5);
        const keys = kinds.map(() => Math.floor(random() * 4));
        const done = await pick(worlds, name).transact(async (ctx) => {
          const reads: { key: number; values: string[] }[] = [];
          const appends: { key: number; value: string }[] = [];
          for (const [at, isRead] of kinds.entries()) {
            const key = keys[at] as number;
            // Reads come first in a list's story: a list that this transaction has appended to is its own business.
            if (isRead && !appends.some((other) => other.key === key)) {
              reads.push({ key, values: await readList(ctx, key) });
            } else {
              const value = `v${++unique}`;
              await append(ctx, key, value);
              appends.push({ key, value });
            }
            await yielding(random);
          }
          return { reads, appends };
        });
        history.push({ name: `${name}.${i}`, start, end: ++clock, ...done });
      }
    };
    await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(client));
    const final = await world.transact(async (ctx) => {
      const lists = new Map<number, string[]>();
      for (const key of [0, 1, 2, 3]) lists.set(key, await readList(ctx, key));
      return lists;
    });
    expect(findAnomaly(history, final)).toBeUndefined();
    expect(conflictsOf(worlds)).toBeGreaterThan(0);
  });

  it("neither makes nor loses money, and never shows a sum that did not exist", async () => {
    const random = randomFrom(7);
    const worlds = await openWorlds(stores);
    const [world] = worlds;
    const numbers = [0, 1, 2, 3, 4, 5];
    await world.transact(async (ctx) => {
      for (const number of numbers) await ctx.Account.insert({ number, balance: 100n });
    });
    const transfers = async (at: number): Promise<void> => {
      for (let i = 0; i < 60; i++) {
        const [from, to] = [Math.floor(random() * 6), Math.floor(random() * 6)];
        const amount = BigInt(1 + Math.floor(random() * 30));
        await pick(worlds, at).transact(async (ctx) => {
          const source = await ctx.Account.upsert({ number: from });
          await yielding(random);
          const target = await ctx.Account.upsert({ number: to });
          if (source.balance < amount) return;
          source.balance -= amount;
          await yielding(random);
          target.balance += amount;
        });
      }
    };
    const audits = async (at: number): Promise<void> => {
      for (let i = 0; i < 60; i++) {
        const sum = await pick(worlds, at).transact(async (ctx) => {
          let total = 0n;
          for (const number of numbers) {
            total += (await ctx.Account.get({ number }))?.balance ?? 0n;
            await yielding(random);
          }
          return total;
        });
        expect(sum).toBe(600n);
      }
    };
    await Promise.all([transfers(0), transfers(1), transfers(2), transfers(3), audits(4), audits(5)]);
    expect(conflictsOf(worlds)).toBeGreaterThan(0);
  });

  it("lets no phantom into a range that a transaction decided on", async () => {
    const random = randomFrom(8);
    const worlds = await openWorlds(stores);
    const [world] = worlds;
    // At most three may stand in a zone: each looks, waits, and steps in when there is room.
    const enter = (owner: bigint): Promise<void> =>
      pick(worlds, Number(owner)).transact(async (ctx) => {
        const present = await ctx.Position.range("zone,x", [7]);
        await yielding(random);
        if (present.length < 3) await ctx.Position.insert({ owner, zone: 7, x: random() });
      });
    await Promise.all(Array.from({ length: 20 }, (_, i) => enter(BigInt(i))));
    expect(await world.transact(async (ctx) => (await ctx.Position.range("zone,x", [7])).length)).toBe(3);
  });

  it("lets no phantom into the gap behind a limited range", async () => {
    const world = new World(await stores.open());
    await world.transact(async (ctx) => ctx.Position.insert({ owner: 100n, zone: 1, x: 50 }));
    // Each new row must stand before the first one: lower by one than the least x it has seen.
    const enter = (owner: bigint): Promise<void> =>
      world.transact(async (ctx) => {
        const [first] = await ctx.Position.range("x", null, null, { limit: 1 });
        await Promise.resolve();
        await ctx.Position.insert({ owner, zone: 1, x: (first?.x ?? 0) - 1 });
      });
    await Promise.all(Array.from({ length: 10 }, (_, i) => enter(BigInt(i))));
    const xs = await world.transact(async (ctx) => (await ctx.Position.range("x")).map(({ x }) => x));
    expect(xs).toEqual([40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50]);
  });

  it("prevents write skew between two rows that were only read", async () => {
    const world = new World(await stores.open());
    await world.transact(async (ctx) => {
      await ctx.Account.insert({ number: 1, balance: 1n });
      await ctx.Account.insert({ number: 2, balance: 1n });
    });
    // The sum must stay positive; each takes from one account after having looked at both.
    const take = (number: number): Promise<void> =>
      world.transact(async (ctx) => {
        const both = await ctx.Account.range("number", 1, 2);
        await Promise.resolve();
        const sum = both.reduce((total, { balance }) => total + balance, 0n);
        if (sum > 1n) await ctx.Account.update({ number }, { balance: 0n });
      });
    await Promise.all([take(1), take(2)]);
    const sum = await world.transact(async (ctx) =>
      (await ctx.Account.range("number")).reduce((total, { balance }) => total + balance, 0n),
    );
    expect(sum).toBe(1n);
  });

  it("lets exactly one of many concurrent inserts of a unique value through", async () => {
    const random = randomFrom(9);
    const world = new World(await stores.open());
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, () =>
        world.script(async (ctx) => {
          await yielding(random);
          const row = await ctx.Position.insert({ owner: 1n });
          await yielding(random);
          row.y = 1;
        }),
      ),
    );
    const failed = outcomes.filter(({ status }) => status === "failed");
    expect(outcomes.filter(({ status }) => status === "ok")).toHaveLength(1);
    expect(failed).toHaveLength(11);
    for (const outcome of failed) expect(outcome).toMatchObject({ error: { name: "UniqueViolationError" } });
  });

  it("makes one row of many concurrent upserts", async () => {
    const random = randomFrom(10);
    const worlds = await openWorlds(stores);
    const [world] = worlds;
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        pick(worlds, i).transact(async (ctx) => {
          const account = await ctx.Account.upsert({ number: 5 });
          await yielding(random);
          account.balance += 1n;
        }),
      ),
    );
    const rows = await world.transact(async (ctx) => (await ctx.Account.range("id")).map((row) => row.balance));
    expect(rows).toEqual([20n]);
  });

  it("lets a long transaction through although short ones keep changing what it reads", async () => {
    const world = new World(await stores.open());
    await world.transact(async (ctx) => ctx.Account.insert({ number: 1 }));
    let stop = false;
    const increments = async (): Promise<number> => {
      let count = 0;
      for (; !stop; count++) {
        await world.transact(async (ctx) => {
          (await ctx.Account.upsert({ number: 1 })).balance += 1n;
        });
        await new Promise((resolve) => setImmediate(resolve));
      }
      return count;
    };
    const running = [increments(), increments()];
    const outcome = await world.script(async (ctx) => {
      const row = await ctx.Account.upsert({ number: 1 });
      for (let i = 0; i < 10; i++) await new Promise((resolve) => setImmediate(resolve));
      row.balance += 1_000_000n;
    });
    stop = true;
    const [a = 0, b = 0] = await Promise.all(running);
    expect(outcome).toMatchObject({
      status: "ok",
      attempts: expect.toSatisfy((n: number) => n > 1 && n < 20) as number,
    });
    const balance = await world.transact(async (ctx) => (await ctx.Account.get({ number: 1 }))?.balance);
    expect(balance).toBe(1_000_000n + BigInt(a + b));
  });
});
