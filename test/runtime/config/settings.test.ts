import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ServerConfigError } from "../../../runtime/config/config-error.js";
import { loadSettings } from "../../../runtime/config/load-settings.js";
import { resolveSettings } from "../../../runtime/config/server-settings.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hetu-config-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function load(server: unknown, environment: Record<string, string> = {}) {
  await writeFile(join(folder, "hetu.json"), JSON.stringify({ server }));
  return loadSettings(folder, undefined, environment).settings;
}

/** The problems that loading ends with. */
async function problems(server: unknown, environment: Record<string, string> = {}): Promise<readonly string[]> {
  try {
    await load(server, environment);
  } catch (error) {
    if (error instanceof ServerConfigError) return error.problems;
    throw error;
  }
  return [];
}

test("without a file everything has its default", () => {
  const { settings, root } = loadSettings(folder, undefined, {});
  const resolved = resolveSettings(settings, root);
  expect(resolved).toMatchObject({
    entry: join(folder, "server/index.ts"),
    watchdogMs: 10_000,
    supervise: true,
    metrics: {},
    options: { data: join(folder, "data") },
  });
});

test("the nearest file upward is taken, and its paths are relative to it", async () => {
  const inner = join(folder, "a/b");
  await mkdir(inner, { recursive: true });
  await writeFile(
    join(folder, "hetu.json"),
    '{ "schema": "s/*.hetu", "server": { "data": "store", "entry": "main.ts" } }',
  );
  const { settings, root, file } = loadSettings(inner, undefined, {});
  expect(file).toBe(join(folder, "hetu.json"));
  expect(resolveSettings(settings, root)).toMatchObject({
    entry: join(folder, "main.ts"),
    options: { data: join(folder, "store") },
  });
});

test("YAML says the same as JSON", async () => {
  await writeFile(
    join(folder, "hetu.yaml"),
    "server:\n  port: 80\n  limits:\n    max_message: 64KiB\n    idle_timeout: 90s\n",
  );
  const { settings, root } = loadSettings(folder, undefined, {});
  expect(resolveSettings(settings, root).options).toMatchObject({
    port: 80,
    limits: { maxMessage: 65_536, idleTimeout: 90_000 },
  });
});

test("variables of the environment stand in for text and numbers, with defaults, and a doubled dollar for itself", async () => {
  const environment = { PORT: "8123", EMPTY: "", HOST: "10.0.0.1" };
  const settings = await load(
    { port: "${PORT:-1}", host: "${HOST}", motd: "costs 5$$, ${EMPTY:-x}${NONE:-y}${NONE:-}", debug: "${DEBUG:-true}" },
    environment,
  );
  expect(settings).toMatchObject({ port: 8123, host: "10.0.0.1", motd: "costs 5$, xy", debug: true });
});

test("a variable that is not set and has no default is a problem at its place", async () => {
  expect(await problems({ limits: { subscriptions: "${MAX}" } })).toEqual([
    "server.limits.subscriptions needs the environment variable MAX, which is not set; set it, or write ${MAX:-default}",
  ]);
});

test.each([
  [{ prot: 1 }, "server.prot is no setting; did you mean port?"],
  [{ limits: { max_mesage: 1 } }, "server.limits.max_mesage is no setting; did you mean max_message?"],
  [{ port: 70_000 }, "server.port is 70000; the most is 65535"],
  [{ port: -1 }, "server.port is -1; the least is 0"],
  [{ port: "http" }, 'server.port is "http"; it must be a number'],
  [{ port: 1.5 }, "server.port is 1.5; it must be a whole number"],
  [{ data: "" }, 'server.data is ""; it must not be empty'],
  [{ durability: "flsh" }, 'server.durability is "flsh"; it must be "commit" or "flush"; did you mean "flush"?'],
  [{ log: { level: "loud" } }, /^server\.log\.level is "loud"; it must be "debug" or "info"/],
  [{ limits: { idle_timeout: "5 weeks" } }, /^server\.limits\.idle_timeout is "5 weeks"; it must be milliseconds/],
  [{ limits: { max_message: "lots" } }, /^server\.limits\.max_message is "lots"; it must be bytes/],
  [{ limits: { connections: 0 } }, "server.limits.connections is 0; the least is 1"],
  [
    { limits: { connections: "many" } },
    'server.limits.connections is "many"; it must be a whole number from 1, or "unlimited"',
  ],
  [{ origins: "https://a.example" }, 'server.origins is "https://a.example"; it must be an array'],
  [{ debug: "maybe" }, 'server.debug is "maybe"; it must be a boolean'],
])("%j is refused with key path, value and help", async (server, expected) => {
  const found = await problems(server);
  expect(found).toHaveLength(1);
  expect(found[0]).toEqual(typeof expected === "string" ? expected : expect.stringMatching(expected));
});

test("every problem of a file is told at once", async () => {
  expect(await problems({ prot: 1, port: -1, limits: { connections: 0 } })).toHaveLength(3);
});

test("unlimited lifts a limit", async () => {
  const settings = await load({ limits: { messages_per_second: "unlimited" } });
  expect(resolveSettings(settings, folder).options.limits).toEqual({ messagesPerSecond: Infinity });
});

test("a server setting at the top level is sent to where it belongs", async () => {
  await writeFile(join(folder, "hetu.json"), '{ "port": 80 }');
  expect(() => loadSettings(folder, undefined, {})).toThrow(/unknown key port; it belongs under server/);
});

test.each([
  ["hetu.json", "{ not json", /is not JSON/],
  ["hetu.yaml", "a: [", /is not YAML/],
  ["hetu.json", "[]", /must hold an object/],
])("%s with %j is refused by name", async (name, text, message) => {
  await writeFile(join(folder, name), text);
  expect(() => loadSettings(folder, name, {})).toThrow(message);
  expect(() => loadSettings(folder, name, {})).toThrow(join(folder, name));
});

test("a file that does not exist is refused by name", () => {
  expect(() => loadSettings(folder, "missing.yaml", {})).toThrow(/missing\.yaml:\n {2}- there is no such file/);
});

test("cert and key go together", () => {
  expect(() => resolveSettings({ cert: "c.pem" }, folder)).toThrow(/cert and key go together; key is missing/);
  expect(() => resolveSettings({ cert: "c.pem", key: "k.pem" }, folder)).toThrow(/cert c\.pem cannot be read/);
});

test("the watchdog and the metrics can be turned off", async () => {
  const settings = await load({ watchdog: false, metrics: false });
  const resolved = resolveSettings(settings, folder);
  expect(resolved.watchdogMs).toBeUndefined();
  expect(resolved.metrics).toBeUndefined();
});
