import { expect, test } from "vitest";
import { settingsOf } from "../../../runtime/cli/flags.js";
import { ServerConfigError } from "../../../runtime/config/config-error.js";
import { checkSettings } from "../../../runtime/config/load-settings.js";
import { resolveSettings } from "../../../runtime/config/server-settings.js";
import { atUrl } from "../../../runtime/config/store-settings.js";

/** What a server is made with. */
function optionsOf(server: unknown) {
  return resolveSettings(checkSettings(server, "hetu.json", "server"), "/project").options;
}

function problems(server: unknown): readonly string[] {
  try {
    checkSettings(server, "hetu.json", "server");
  } catch (error) {
    if (error instanceof ServerConfigError) return error.problems;
    throw error;
  }
  return [];
}

test("without a setting, and with embedded, the store is the embedded one, whatever backends are named", () => {
  expect(optionsOf({})).not.toHaveProperty("store");
  expect(optionsOf({ store: "embedded" })).not.toHaveProperty("store");
  expect(optionsOf({ store: { url: "embedded" }, backends: { fast: "redis://a" } })).not.toHaveProperty("backends");
});

test("an address alone stands for a store with defaults", () => {
  const options = optionsOf({ store: "redis://127.0.0.1:6379/1", backends: { fast: "rediss://cache" } });
  expect(options).toMatchObject({
    store: { url: "redis://127.0.0.1:6379/1" },
    backends: { fast: { url: "rediss://cache" } },
  });
});

test("all settings of a store reach the server, durations in milliseconds", () => {
  const store = {
    url: "redis://primary:6379",
    replicas: ["redis://replica-1:6379", "redis://replica-2:6379"],
    wait_replicas: "1",
    wait_timeout: "250ms",
    feed_length: 100_000,
    feed_bytes: "16MiB",
    lease_time: "15s",
    retry_window: "1m",
    prefix: "game",
  };
  expect(optionsOf({ store }).store).toEqual({
    url: "redis://primary:6379",
    replicas: ["redis://replica-1:6379", "redis://replica-2:6379"],
    waitReplicas: 1,
    waitTimeout: 250,
    feedLength: 100_000,
    feedBytes: 16 * 1024 * 1024,
    leaseTime: 15_000,
    retryWindow: 60_000,
    prefix: "game",
  });
});

test("a wrong address is told with its place and what is wrong with it", () => {
  expect(problems({ store: "postgres://db" })).toEqual([
    expect.stringMatching(
      /^server\.store\.url is "postgres:\/\/db"; it must be "embedded" or the address of a Redis: .*scheme/,
    ),
  ]);
  expect(problems({ backends: { fast: { url: "redis://host:99999" } } })).toEqual([
    expect.stringMatching(/^server\.backends\.fast\.url is .*port/),
  ]);
});

test("no problem shows the password of an address", () => {
  const shown = [
    ...problems({ store: "redis://user:s3cret@host:99999" }),
    ...problems({ store: { url: "redis://:s3cret@host/x", lease_tim: 1 }, backends: { b: "redi://u:s3cret@h" } }),
    ...problems({ backends: { b: { url: "redis://u:s3cret@h", replicas: "redis://u:s3cret@h" } } }),
    ...problems({ store: "redis://user:@s3cret:s3cret@host:99999" }),
    ...problems({ store: 'redis://user:"s3cret@host:99999' }),
  ];
  expect(shown.length).toBeGreaterThan(3);
  expect(shown.join("\n")).not.toContain("s3cret");
});

test("a misspelt setting of a store is told with the one that was probably meant", () => {
  expect(problems({ store: { url: "redis://a", lease_tim: 1000 } })).toEqual([
    "server.store.lease_tim is no setting; did you mean lease_time?",
  ]);
  expect(problems({ backends: { fast: { url: "redis://a", replcas: [] } } })).toEqual([
    "server.backends.fast.replcas is no setting; did you mean replicas?",
  ]);
});

test("another address keeps the habits of the file, but not its replicas; embedded keeps nothing", () => {
  const before = { url: "redis://a", replicas: ["redis://b"], lease_time: 5000 };
  expect(atUrl("redis://c", before)).toEqual({ url: "redis://c", lease_time: 5000 });
  expect(atUrl("embedded", before)).toEqual({ url: "embedded" });
});

test("--store goes before HETU_STORE, which goes before the file", () => {
  const folder = new URL("../../fixtures/clusters/", import.meta.url).pathname;
  const urlOf = (flags: object): string | undefined =>
    settingsOf({ config: folder, ...flags }, {}).settings.options.store?.url;
  const before = process.env["HETU_STORE"];
  try {
    delete process.env["HETU_STORE"];
    expect(urlOf({})).toBeUndefined();
    process.env["HETU_STORE"] = "redis://environment";
    expect(urlOf({})).toBe("redis://environment");
    expect(urlOf({ store: "redis://command-line" })).toBe("redis://command-line");
    expect(urlOf({ store: "embedded" })).toBeUndefined();
    process.env["HETU_STORE"] = "redis:/environment";
    expect(() => urlOf({})).toThrow(/HETU_STORE in the environment/);
  } finally {
    if (before === undefined) delete process.env["HETU_STORE"];
    else process.env["HETU_STORE"] = before;
  }
});

test("durations and counts of a store that are out of bounds are told in the units of the file, all at once", () => {
  const store = { url: "redis://a", lease_time: "100ms", retry_window: "48h", wait_timeout: 0, feed_length: 10 };
  expect(problems({ store, backends: { b: { url: "redis://b", wait_timeout: "2d" } }, port: 99_999 })).toEqual([
    "server.store.wait_timeout is 0; the least is 1ms",
    "server.store.feed_length is 10; the least is 1024",
    'server.store.retry_window is "48h"; the most is 24h',
    'server.store.lease_time is "100ms"; the least is 500ms',
    expect.stringMatching(/^server\.backends\.b\.wait_timeout is "2d"; it must be milliseconds/),
    "server.port is 99999; the most is 65535",
  ]);
});

test("the metrics listener may be a port alone, and a wrong one is told with what it may be", () => {
  const metricsOf = (server: unknown) =>
    resolveSettings(checkSettings(server, "hetu.json", "server"), "/project").metrics;
  expect(metricsOf({ metrics: 9681 })).toEqual({ port: 9681 });
  expect(metricsOf({ metrics: "9681" })).toEqual({ port: 9681 });
  expect(metricsOf({ metrics: { host: "0.0.0.0" } })).toEqual({ host: "0.0.0.0" });
  expect(problems({ metrics: "everywhere" })).toEqual([
    'server.metrics is "everywhere"; it must be false, a port such as 9681, or { "port": 9681 }, also with a "host"',
  ]);
});
