import { expect, test } from "vitest";
import { useRedis } from "../../../../redis/index.js";
import { Appender, useLinks } from "./cluster-world.js";

const redis = useRedis();
const linkTo = useLinks();

test("Through a network that drops everything for seconds, no commit runs twice and none that was answered is lost", async () => {
  const server = await redis.server();
  const proxy = await redis.proxy(server);
  const link = await linkTo(proxy.url, { replyTimeout: 1000 });
  const appender = new Appender(link, "p");
  const running = appender.run(8);
  for (const direction of ["both", "toServer", "toClient"] as const) {
    await appender.progress(200);
    const unknown = appender.unknown.size;
    proxy.hold(direction);
    // The silence lasts until the link has noticed it.
    while (appender.unknown.size === unknown) await new Promise((resolve) => setImmediate(resolve));
    proxy.resume();
  }
  await appender.progress(200);
  appender.end();
  await running;
  expect(appender.failures).toEqual([]);
  const written = await appender.written();
  const there = new Set(written);
  expect(there.size).toBe(written.length);
  expect([...appender.answered].filter((number) => !there.has(number))).toEqual([]);
  // What was asked and not answered has run, or not: both occur.
  expect([...appender.unknown].some((number) => there.has(number))).toBe(true);
});

test("A short silence delays calls and loses none", async () => {
  const server = await redis.server();
  const proxy = await redis.proxy(server);
  const link = await linkTo(proxy.url, { replyTimeout: 60_000 });
  const appender = new Appender(link, "p");
  await appender.once();
  proxy.hold();
  const calls = Promise.all(Array.from({ length: 10 }, () => appender.once()));
  expect(await server.command("LLEN", appender.list)).toBe(1);
  proxy.resume();
  await calls;
  expect([...appender.unknown]).toEqual([]);
  expect(await appender.written()).toEqual(Array.from({ length: 11 }, (_, i) => i + 1));
});
