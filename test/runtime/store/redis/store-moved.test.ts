import { expect, test, vi } from "vitest";
import { CommitOutcomeUnknownError } from "../../../../runtime/store/redis/errors.js";
import type { RedisLink } from "../../../../runtime/store/redis/link.js";
import { COMMIT } from "../../../../runtime/store/redis/scripts.js";
import { type RedisServer, useRedis } from "../../../redis/index.js";
import { Positions } from "../positions.js";
import { freshTag, openStore } from "./open-store.js";
import { useLinks } from "./topology/cluster-world.js";

const redis = useRedis();
const linkTo = useLinks();

/** However busy the machine is. */
const WITHIN = { timeout: 20_000 };

/** The connections of the process behind the proxy: that of its feed is the one that waits in XREAD. */
async function clients(server: RedisServer): Promise<{ id: string; feed: boolean }[]> {
  const lines = String(await server.command("CLIENT", "LIST", "TYPE", "normal")).split("\n");
  return lines
    .filter((line) => line.includes(" name=hetu "))
    .map((line) => ({ id: /id=(\d+)/.exec(line)?.[1] ?? "", feed: line.includes(" cmd=xread ") }));
}

/** A link whose feeds are read over another one. */
function feedingFrom(link: RedisLink, feed: () => RedisLink): RedisLink {
  return {
    run: (...call) => link.run(...call),
    command: (...call) => link.command(...call),
    commit: (...call) => link.commit(...call),
    replica: (...call) => link.replica(...call),
    dedicated: (key) => feed().dedicated(key),
    onLost: (listener) => link.onLost(listener),
    onAbsence: (listener) => link.onAbsence(listener),
    onFailure: (listener) => link.onFailure(listener),
    close: () => link.close(),
  };
}

/** A process whose connection for commits leads to a new primary, while its feed still dials the old one, further on. */
async function between(commit: (positions: Positions) => Promise<unknown>): Promise<{
  readonly outcome: unknown;
  readonly resets: number;
  readonly entries: number;
}> {
  const old = await redis.server();
  const next = await redis.replica(old);
  const proxy = await redis.proxy(old);
  const tag = freshTag();
  const link = await linkTo(proxy.url);
  const slow = await linkTo(old.url);
  let feed = slow;
  const store = await openStore(
    feedingFrom(link, () => feed),
    tag,
  );
  const other = await openStore(await linkTo(old.url, { name: "other" }), tag, { worker: 1 });
  let resets = 0;
  const positions = new Positions(store);
  await positions.insert({ owner: 1n });
  await old.command("WAIT", 1, 10_000);
  await next.command("REPLICAOF", "NO", "ONE");
  for (const owner of [2n, 3n, 4n]) await new Positions(other).insert({ owner });
  await vi.waitUntil(() => store.position === 4, WITHIN);
  store.onReset(() => resets++);
  proxy.leadTo(next.port);
  for (const each of await clients(old)) if (!each.feed) await old.command("CLIENT", "KILL", "ID", each.id);
  await vi.waitUntil(async () => (await clients(next)).length > 0, WITHIN);
  await next.command("SCRIPT", "LOAD", COMMIT.source);
  // Answered by the new one: the connection is in use.
  expect(await positions.byOwner(2n)).toBeUndefined();
  const lost = new Promise<void>((resolve) => void link.onLost(resolve));
  proxy.hold("toClient");
  const outcome = commit(positions).catch((error: unknown) => error);
  await vi.waitUntil(async () => Number(await next.command("HGET", `${tag}:m`, "p")) > 1, WITHIN);
  feed = link;
  for (const { id } of await clients(next)) await next.command("CLIENT", "KILL", "ID", id);
  await lost;
  proxy.resume();
  const result = await outcome;
  const entries = Number(await next.command("XLEN", `${tag}:f`));
  await other.close();
  await store.close();
  return { outcome: result, resets, entries };
}

test("a commit whose answer a new primary still owes is not made twice because the feed is at the old one", async () => {
  const { outcome, resets, entries } = await between((positions) =>
    positions.commit([positions.inserted({ owner: 9n })]),
  );
  expect(entries).toBe(2);
  expect(outcome).toBeInstanceOf(CommitOutcomeUnknownError);
  expect(resets).toBe(1);
});

test("a process that has nothing under way when its link breaks hears of commits at the new primary", async () => {
  const old = await redis.server();
  const next = await redis.replica(old);
  const proxy = await redis.proxy(old);
  const tag = freshTag();
  const link = await linkTo(proxy.url);
  const store = await openStore(link, tag);
  try {
    await new Positions(store).insert({ owner: 1n });
    await old.command("WAIT", 1, 10_000);
    await next.command("REPLICAOF", "NO", "ONE");
    await vi.waitUntil(async () => (await clients(old)).some(({ feed }) => feed), WITHIN);
    const lost = new Promise<void>((resolve) => void link.onLost(resolve));
    proxy.leadTo(next.port);
    // That of the feed stays at the server that was the primary.
    for (const { id, feed } of await clients(old)) if (!feed) await old.command("CLIENT", "KILL", "ID", id);
    await lost;
    const other = await openStore(await linkTo(next.url, { name: "other" }), tag, { worker: 1 });
    await new Positions(other).insert({ owner: 2n });
    const { position } = other;
    await other.close();
    await vi.waitUntil(() => store.position >= position, WITHIN);
    expect(await clients(old)).toEqual([]);
  } finally {
    await store.close();
  }
});
