import { once } from "node:events";
import { expect, test } from "vitest";
import type { MaybePromise } from "../../../runtime/store/contract.js";
import { schema } from "../../fixtures/world/generated/server-ts/world/index.js";
import { DelayedStore, macrotask } from "./delayed-store.js";
import { openWorld } from "./live-world.js";

const at = (owner: bigint, x: number) => ({ owner, x });
const range = { kind: "range", table: "Position", index: "x", desc: false, force: true } as const;

test("a subscription is answered once all commits that its scan saw have been told to everyone", async () => {
  const store = new DelayedStore(schema);
  const { commit, viewer } = openWorld({}, store);
  const one = viewer({ caller: 1n });
  await commit(["insert", "Position", 1n, at(1n, 1)]);
  let answered = false;
  const result = Promise.resolve(one.subscribe({ ...range, left: 0, right: 9, limit: 10 })).then((value) => {
    answered = true;
    return value;
  });
  store.answer(0);
  await macrotask();
  expect(answered).toBe(false);
  store.arrive();
  expect(await result).toMatchObject({ status: "subscribed", position: 1, rows: [{ id: 1n }] });
  expect(one.updates).toEqual([]);
});

test("changes between the scan and its answer are in the answer, and no update repeats them", async () => {
  const store = new DelayedStore(schema);
  const { commit, viewer } = openWorld({}, store);
  const one = viewer({ caller: 1n });
  const result = one.subscribe({ ...range, left: 0, right: 9, limit: 10 });
  await commit(["insert", "Position", 1n, at(1n, 1)]);
  await commit(["insert", "Position", 2n, at(2n, 2)]);
  store.arrive();
  store.answer(0);
  await store.settle();
  expect(await result).toMatchObject({ rows: [{ id: 1n }, { id: 2n }], position: 2 });
  expect(one.updates).toEqual([]);
  await commit(["delete", "Position", 1n]);
  await store.settle();
  expect(one.updates).toHaveLength(1);
});

test.each([
  { saw: "both commits, which are one step then", late: true, told: [32] },
  { saw: "the first commit, which stays apart then", late: false, told: [31, 32] },
])("while a window waits for rows, no viewer is told of anything; the scan saw $saw", async ({ late, told }) => {
  const store = new DelayedStore(schema);
  store.seesLate = late;
  const { commit, viewer } = openWorld({}, store);
  for (let x = 1; x <= 30; x++) await commit(["insert", "Position", BigInt(x), at(BigInt(x), x)]);
  const [one, two] = [viewer({ caller: 1n }), viewer({ caller: 2n })];
  const answers = [
    one.subscribe({ ...range, left: 0, right: 99, limit: 2 }),
    two.subscribe({ ...range, index: "owner", left: 1, right: 99, limit: 100 }),
  ];
  await store.settle();
  for (const answer of answers) await answer;
  await commit(...[1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n, 10n].map((id) => ["delete", "Position", id] as const));
  store.arrive();
  await commit(["delete", "Position", 11n]);
  store.arrive();
  await macrotask();
  expect([one.updates.length, two.updates.length]).toEqual([0, 0]);
  store.answer(0);
  await store.settle();
  expect([one.updates, two.updates].map((updates) => updates.map(({ position }) => position))).toEqual([told, told]);
  expect(one.ids("Position.x[0:99:1][:2]")).toEqual([12, 13]);
});

test("rows that are ahead of the announcements wait for them", async () => {
  const store = new DelayedStore(schema);
  store.seesLate = true;
  const { commit, viewer } = openWorld({}, store);
  for (let x = 1; x <= 30; x++) await commit(["insert", "Position", BigInt(x), at(BigInt(x), x)]);
  const one = viewer({ caller: 1n });
  const answer = one.subscribe({ ...range, left: 0, right: 99, limit: 2 });
  await store.settle();
  await answer;
  await commit(...[1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n, 10n].map((id) => ["delete", "Position", id] as const));
  store.arrive();
  await commit(["delete", "Position", 11n], ["update", "Position", 12n, { y: 5 }]);
  store.answer(0);
  await macrotask();
  expect(one.updates).toEqual([]);
  store.arrive();
  await macrotask();
  expect(one.take()).toMatchObject([{ "Position.x[0:99:1][:2]": { "1": null, "2": null, "12": { y: 5 }, "13": {} } }]);
});

test("whoever subscribes while a commit is held back is answered with it, and not told again", async () => {
  const store = new DelayedStore(schema);
  const { commit, viewer } = openWorld({}, store);
  for (let x = 1; x <= 30; x++) await commit(["insert", "Position", BigInt(x), at(BigInt(x), x)]);
  const [one, two] = [viewer({ caller: 1n }), viewer({ caller: 2n })];
  const first = one.subscribe({ ...range, left: 0, right: 99, limit: 2 });
  await store.settle();
  await first;
  await commit(...[1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n, 10n].map((id) => ["delete", "Position", id] as const));
  store.arrive();
  const second = two.subscribe({ ...range, left: 0, right: 99, limit: 2 });
  await store.settle();
  expect(await second).toMatchObject({ position: 31, rows: [{ id: 11n }, { id: 12n }] });
  expect([one.updates.length, two.updates.length]).toEqual([1, 0]);
});

test("an answer reaches the caller before the first update that follows it", async () => {
  const store = new DelayedStore(schema);
  const { commit, viewer } = openWorld({}, store);
  const one = viewer({ caller: 1n });
  const result = one.subscribe({ ...range, left: 0, right: 99, limit: 100 });
  store.answer(0);
  // One announcement between any two things that wait for a promise; the viewer throws at an update that is too early.
  for (let x = 1; x <= 20; x++) {
    await commit(["insert", "Position", BigInt(x), at(BigInt(x), x)]);
    store.arrive();
    await Promise.resolve();
  }
  await result;
  await store.settle();
  expect(one.ids("Position.x[0:99:1][:100]")).toHaveLength(20);
});

test("a viewer that changes again while the store is asked ends up with what it may see at last", async () => {
  const store = new DelayedStore(schema);
  const { live, commit, viewer } = openWorld({}, store);
  for (let guild = 1n; guild <= 3n; guild++) await commit(["insert", "Notice", guild, { guild, text: "" }]);
  const one = viewer({ caller: 1n, session: { guild: 1n } });
  const request = { ...range, table: "Notice", index: "id", left: 0, right: 99, limit: 10 };
  const result = one.subscribe(request);
  one.session = { guild: 2n };
  await store.settle();
  await result;
  const id = "Notice.id[0:99:1][:10]";
  expect(one.ids(id)).toEqual([2]);
  const moves: MaybePromise<void>[] = [];
  for (const guild of [1n, 3n, 2n, 3n]) {
    one.session = { guild };
    moves.push(live.reevaluate(one));
  }
  await store.settle();
  for (const move of moves) await move;
  expect(one.ids(id)).toEqual([3]);
  expect(one.take()).toMatchObject([{ [id]: { "2": null, "3": {} } }]);
  expect(live.queries).toBe(1);
});

test("a subscription that ends while its viewer is moved is not told anything more", async () => {
  const store = new DelayedStore(schema);
  const { live, commit, viewer } = openWorld({}, store);
  await commit(["insert", "Notice", 1n, { guild: 1n, text: "" }]);
  const one = viewer({ caller: 1n });
  const answer = one.subscribe({ ...range, table: "Notice", index: "id", left: 0, right: 99, limit: 10 });
  await store.settle();
  await answer;
  one.session = { guild: 1n };
  const moved = live.reevaluate(one);
  one.unsubscribe("Notice.id[0:99:1][:10]");
  await store.settle();
  await moved;
  expect(one.updates).toEqual([]);
  expect([live.subscriptions, live.queries]).toEqual([0, 0]);
});

test("who is dropped while the store is asked leaves nothing behind", async () => {
  const store = new DelayedStore(schema);
  const { live, viewer } = openWorld({}, store);
  const one = viewer({ caller: 1n });
  const result = one.subscribe({ ...range, left: 0, right: 9, limit: 10 });
  live.drop(one);
  await store.settle();
  expect(await result).toMatchObject({ status: "refused" });
  expect([live.subscriptions, live.queries]).toEqual([0, 0]);
});

test("a scan that fails rejects the subscriptions that wait for it, and a later one asks again", async () => {
  const store = new DelayedStore(schema);
  const { live, viewer } = openWorld({}, store);
  const [one, two] = [viewer({ caller: 1n }), viewer({ caller: 2n })];
  const honest = store.snapshot.bind(store);
  store.snapshot = () => Promise.reject(new Error("the line is down"));
  const request = { ...range, left: 0, right: 9, limit: 10 };
  const results = await Promise.allSettled([one.subscribe(request), two.subscribe(request)]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(live.queries).toBe(0);
  store.snapshot = honest;
  const again = one.subscribe(request);
  await store.settle();
  expect(await again).toMatchObject({ status: "subscribed" });
});

test("a scan that all viewers wait for ends the process when it fails, rather than leaving them waiting", async () => {
  const store = new DelayedStore(schema);
  const { commit, viewer } = openWorld({}, store);
  for (let x = 1; x <= 30; x++) await commit(["insert", "Position", BigInt(x), at(BigInt(x), x)]);
  const one = viewer({ caller: 1n });
  const answer = one.subscribe({ ...range, left: 0, right: 99, limit: 2 });
  await store.settle();
  await answer;
  await commit(...[1n, 2n, 3n, 4n, 5n, 6n, 7n, 8n, 9n, 10n].map((id) => ["delete", "Position", id] as const));
  store.arrive();
  const others = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  try {
    const escaped = once(process, "uncaughtException");
    const failure = new Error("the scan was refused");
    store.answer(0, failure);
    expect((await escaped)[0]).toBe(failure);
  } finally {
    for (const other of others) process.on("uncaughtException", other);
  }
});
