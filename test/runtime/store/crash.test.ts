import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { EmbeddedStore } from "../../../runtime/store/embedded/embedded-store.js";
import { StoreLockedError } from "../../../runtime/store/errors.js";
import type { Account } from "../../fixtures/world/generated/server-ts/world/index.js";
import { cleanUp, openStore, temporaryFolder } from "../transaction/world.js";
import { buildChild, Child } from "./child-process.js";

let program = "";
beforeAll(async () => {
  program = await buildChild();
});
afterAll(async () => {
  rmSync(program, { force: true });
  await cleanUp();
});

interface Found {
  /** Transactions both of whose accounts are there. */
  readonly whole: Set<number>;
  /** Transactions of which one account is missing. */
  readonly halves: number[];
  readonly count: number;
}

/** Looks at what is on the disk, through rows and through the index. */
async function look(path: string): Promise<Found> {
  const store = openStore(path);
  const table = store.table("Account");
  const all = { table, lower: new Uint8Array(0), upper: undefined, limit: Infinity, desc: false };
  const rows = store.range({ ...all, index: 0 }) as Account[];
  expect((store.range({ ...all, index: 1 }) as Account[]).map(({ id }) => id).sort()).toEqual(
    rows.map(({ id }) => id).sort(),
  );
  const numbers = new Set(rows.map(({ number }) => number));
  const transactions = new Set([...numbers].filter((number) => number > 1).map((number) => number >> 1));
  const isWhole = (k: number): boolean => numbers.has(2 * k) && numbers.has(2 * k + 1);
  const count = Number(rows.find(({ number }) => number === 1)?.balance ?? 0n);
  await store.close();
  return {
    whole: new Set([...transactions].filter(isWhole)),
    halves: [...transactions].filter((k) => !isWhole(k)),
    count,
  };
}

it.each([
  ["commit", 20],
  ["flush", 5],
])("loses no acknowledged commit and keeps no half of one when it is killed (%s, %i times)", async (mode, rounds) => {
  const path = temporaryFolder();
  const acknowledged = new Set<number>();
  let next = 1;
  for (let round = 0; round < rounds; round++) {
    const child = new Child(process.execPath, [program, path, mode, String(next)]);
    await child.progress(1 + Math.floor(Math.random() * 400));
    child.kill();
    await child.ended();
    for (const k of child.done) acknowledged.add(k);
    const { whole, halves, count } = await look(path);
    expect(halves).toEqual([]);
    expect([...acknowledged].filter((k) => !whole.has(k))).toEqual([]);
    expect(count).toBe(whole.size);
    next = Math.max(0, ...whole) + 1;
  }
  expect(acknowledged.size).toBeGreaterThan(rounds);
});

it("stops and keeps what it has acknowledged when the disk is full", async () => {
  const path = temporaryFolder();
  // A file may not grow beyond 2,000 blocks of 512 bytes; writes beyond fail like those on a full disk.
  const shell = `trap '' XFSZ; ulimit -f 2000; exec "$0" "$@"`;
  const child = new Child("sh", ["-c", shell, process.execPath, program, path, "commit", "1"]);
  await child.ended();
  expect(child.failure).toMatch(/^the store has failed and the process must be restarted: /);
  expect(child.done.length).toBeGreaterThan(0);
  const { whole, halves, count } = await look(path);
  expect(halves).toEqual([]);
  expect(child.done.filter((k) => !whole.has(k))).toEqual([]);
  expect(count).toBe(whole.size);
});

it("refuses a folder that another process has open, and takes it when that process is gone", async () => {
  const path = temporaryFolder();
  const child = new Child(process.execPath, [program, path]);
  await child.ready();
  expect(() => EmbeddedStore.open({ path })).toThrow(StoreLockedError);
  expect(() => EmbeddedStore.open({ path })).toThrow(`in use by process ${child.pid}`);
  child.kill();
  await child.ended();
  const store = openStore(path);
  expect(() => EmbeddedStore.open({ path })).toThrow("in use by this process");
  await store.close();
});
