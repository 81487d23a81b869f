import { rmSync } from "node:fs";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { EmbeddedStore } from "../../../runtime/store/embedded/embedded-store.js";
import { StoreFailedError } from "../../../runtime/store/errors.js";
import { schema } from "../../fixtures/world/generated/server-ts/world/index.js";
import { cleanUp, temporaryFolder } from "../transaction/world.js";
import { NO_READS, Positions } from "./positions.js";

afterEach(() => {
  vi.useRealTimers();
});
afterAll(cleanUp);

function open(path: string): EmbeddedStore {
  const store = EmbeddedStore.open({ path });
  store.applySchema(schema);
  return store;
}

/** Longer than changes collect before LMDB gets them. */
const COLLECTED_MS = 100;

test("a batch that LMDB has not read yet is not overwritten by the next", async () => {
  const path = temporaryFolder();
  const store = open(path);
  const positions = new Positions(store);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const durable = new Promise<void>((resolve) => {
    store.onDurable(() => {
      resolve();
    });
  });
  const insert = (owner: bigint): void => {
    store.commit(NO_READS, [positions.inserted({ owner })]);
  };
  for (let owner = 0n; owner < 10n; owner++) insert(owner);
  await durable;
  // Committed in the turn in which LMDB gets its first batch, which it reads in a later one.
  for (let owner = 10n; owner < 20n; owner++) insert(owner);
  vi.advanceTimersToNextTimer();
  for (let owner = 20n; owner < 30n; owner++) insert(owner);
  vi.advanceTimersByTime(COLLECTED_MS);
  vi.useRealTimers();
  await store.close();

  const again = open(path);
  const owners = Array.from({ length: 30 }, (_, i) => BigInt(i));
  const found = new Positions(again);
  expect(await found.owners("owner")).toEqual(owners);
  expect(await found.owners("id")).toEqual(owners);
  await again.close();
});

test("a store whose journal cannot be written when it is closed fails, and closes", async () => {
  const path = temporaryFolder();
  const store = open(path);
  const failures: Error[] = [];
  store.onFailure((error) => failures.push(error));
  const inserted = new Positions(store).insert({ owner: 1n });
  rmSync(path, { recursive: true });
  await store.close();
  await inserted;
  expect(failures).toEqual([expect.any(StoreFailedError)]);
});
