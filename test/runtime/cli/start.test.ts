import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, afterEach, expect, test } from "vitest";
import { decodeMessage } from "../../../runtime/wire/frames.js";
import { WireClient } from "../gate/wire-client.js";
import { ADMIN } from "../gate/world-server.js";
import { Program, Programs } from "./program.js";
import { leftMark } from "./world-entry.js";

const entry = fileURLToPath(new URL("./world-entry.ts", import.meta.url));
let programs: Programs;
let data: string;
const running: Program[] = [];

beforeAll(async () => {
  programs = await Programs.build();
});
afterAll(() => programs.remove());
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "hetu-start-"));
});
afterEach(async () => {
  for (const program of running.splice(0)) await program.stop("SIGKILL");
  await rm(data, { recursive: true, force: true });
});

function hetu(...args: readonly string[]): Program {
  const program = new Program(programs.hetu, args, { cwd: data });
  running.push(program);
  return program;
}

function start(...args: readonly string[]): Program {
  return hetu(
    "start",
    "--entry",
    entry,
    "--data",
    data,
    "--port",
    "0",
    "--host",
    "127.0.0.1",
    "--metrics",
    "0",
    ...args,
  );
}

async function servedPort(program: Program, from = 0): Promise<number> {
  return Number((await program.line(/serving ws:\/\/127\.0\.0\.1:(\d+)\/hetu\/world/, from))[1]);
}

test("--version prints the version and --help prints examples", async () => {
  const version = hetu("--version");
  expect((await version.exited).code).toBe(0);
  expect(version.text).toMatch(/^\d+\.\d+\.\d+$/);
  const help = hetu("start", "--help");
  expect((await help.exited).code).toBe(0);
  expect(help.text).toContain("Examples:");
});

test("start serves the entry until SIGTERM, and logs JSON", async () => {
  const program = start();
  const client = await WireClient.open(await servedPort(program));
  expect(await client.call("echo", "hi")).toEqual(["rsp", "hi"]);
  program.child.kill("SIGTERM");
  expect(await client.closed).toEqual({ code: 1001, reason: "the server stops" });
  expect((await program.exited).code).toBe(0);
  for (const line of program.lines) expect(JSON.parse(line)).toMatchObject({ msg: expect.any(String) as unknown });
});

/** Buys one item after the other, and notes how many purchases were acknowledged. */
function shopper(client: WireClient): { acknowledged: () => number; ended: Promise<void> } {
  let acknowledged = 0;
  client.socket.removeAllListeners("message");
  client.socket.on("message", (bytes: Buffer) => {
    const [kind, value] = decodeMessage(bytes) as [string, { left: number }];
    if (kind === "rsp") acknowledged = value.left;
    client.send("rpc", "buy", 1, 1);
  });
  for (let n = 0; n < 20; n++) client.send("rpc", "buy", 1, 1);
  return { acknowledged: () => acknowledged, ended: client.closed.then(() => undefined) };
}

test.each([
  ["SIGTERM", "SIGTERM" as const],
  ["kill -9", "SIGKILL" as const],
])("every call that was acknowledged before %s under load is there after the restart", async (_what, signal) => {
  const program = start("--no-supervise");
  const port = await servedPort(program);
  const shoppers = await Promise.all(
    Array.from({ length: 8 }, async (_, n) => {
      const client = await WireClient.open(port);
      await client.call("login", n + 1);
      return shopper(client);
    }),
  );
  while (shoppers.some(({ acknowledged }) => acknowledged() < 30))
    await new Promise((resolve) => setImmediate(resolve));
  const { code } = await program.stop(signal);
  if (signal === "SIGTERM") expect(code).toBe(0);
  await Promise.all(shoppers.map(({ ended }) => ended));

  const again = start("--no-supervise");
  const portAgain = await servedPort(again);
  for (const [n, { acknowledged }] of shoppers.entries()) {
    const client = await WireClient.open(portAgain);
    await client.call("login", n + 1);
    const [kind, value] = (await client.call("buy", 1, 1)) as [string, { left: number }];
    expect(kind).toBe("rsp");
    expect(value.left).toBeGreaterThan(acknowledged());
    await client.close();
  }
});

test("after kill -9 the @on(disconnect) systems of the connections that were open have run, once", async () => {
  const program = start("--no-supervise");
  const port = await servedPort(program);
  const [member, user, stranger, gone] = await Promise.all([1, 2, 3, 4].map(() => WireClient.open(port)));
  await member!.call("login", 5);
  await member!.call("join_guild", 7);
  await user!.call("login", 6);
  await stranger!.call("echo", "nobody");
  await gone!.call("login", 8);
  await gone!.close();
  await untilSeen(port, leftMark(8n));
  await program.stop("SIGKILL");

  const again = start("--no-supervise");
  const portAgain = await servedPort(again);
  const [told] = await again.line(/.*left behind.*/);
  expect(JSON.parse(told)).toMatchObject({ instance: "world", connections: 4 });
  expect(await marks(portAgain)).toEqual([leftMark(), leftMark(5n, 7n), leftMark(6n), leftMark(ADMIN)]);
  await again.stop("SIGTERM");

  const last = start("--no-supervise");
  await servedPort(last);
  expect(last.text).not.toContain("left behind");
  expect(`${again.text}${last.text}`).not.toContain("left failed");
});

async function admin(port: number): Promise<WireClient> {
  const client = await WireClient.open(port);
  await client.call("login", ADMIN);
  return client;
}

/** What `left` has noted. */
async function marks(port: number): Promise<bigint[]> {
  const client = await admin(port);
  client.send("sub", "Online", "range", "owner", 1_000_000, 2_000_000, 100);
  const [, , rows] = (await client.next()) as [string, string, readonly { owner: number }[]];
  return rows.map(({ owner }) => BigInt(owner));
}

/** Resolves once `left` has noted this; the admin who watches stays. */
async function untilSeen(port: number, mark: bigint): Promise<void> {
  const client = await admin(port);
  client.send("sub", "Online", "range", "owner", mark, mark);
  const [, , rows] = (await client.next()) as [string, string, readonly unknown[]];
  if (rows.length === 0) await client.next();
}

test("a second signal ends a stop that waits for a call", async () => {
  const program = start("--no-supervise", "--stop-deadline", "1h");
  const client = await WireClient.open(await servedPort(program));
  client.send("rpc", "echo", "hang");
  client.send("motd");
  expect(await client.next()).toBe("hetu");
  program.child.kill("SIGTERM");
  await program.line(/SIGTERM: stopping/);
  const again = setInterval(() => program.child.kill("SIGTERM"), 100);
  expect((await program.exited).code).toBe(1);
  clearInterval(again);
  expect(program.text).toContain("second signal: ending at once");
});

test("the supervisor starts a server again that was killed, and ends with it on SIGTERM", async () => {
  const program = start();
  const port = await servedPort(program);
  const pid = Number(
    (JSON.parse(program.lines.find((line) => line.includes("serving")) ?? "{}") as { pid: number }).pid,
  );
  expect(pid).not.toBe(program.child.pid);
  const client = await WireClient.open(port);
  const from = program.lines.length;
  process.kill(pid, "SIGKILL");
  expect((await client.closed).code).toBe(1006);
  await program.line(/the server died \(signal SIGKILL\)/, from);
  const again = await WireClient.open(await servedPort(program, from));
  expect(await again.call("echo", "back")).toEqual(["rsp", "back"]);
  program.child.kill("SIGTERM");
  expect((await program.exited).code).toBe(0);
});

test("a system that never yields is named by the watchdog, and the process replaced", async () => {
  const program = start("--watchdog", "300ms");
  const client = await WireClient.open(await servedPort(program));
  const from = program.lines.length;
  client.send("rpc", "any");
  const line = await program.line(/system any does not yield/, from);
  expect(JSON.parse(line.input)).toMatchObject({ level: 60, system: "any" });
  await client.closed;
  const again = await WireClient.open(await servedPort(program, from));
  expect(await again.call("echo", "replaced")).toEqual(["rsp", "replaced"]);
});

test("/healthz, /readyz, /metrics and /schema.json answer on a listener of their own", async () => {
  const program = start();
  await servedPort(program);
  const port = Number((await program.line(/\/readyz and \/metrics on port (\d+)/))[1]);
  const health = await fetch(`http://127.0.0.1:${port}/healthz`);
  expect(health.status).toBe(200);
  expect(await health.json()).toMatchObject({ healthy: true, state: "serving" });
  const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([200, { ready: true }]);
  const metrics = await fetch(`http://127.0.0.1:${port}/metrics`);
  expect(metrics.headers.get("content-type")).toContain("text/plain");
  expect(await metrics.text()).toContain("hetu_connections 0");
  const schema = await fetch(`http://127.0.0.1:${port}/schema.json`);
  expect(await schema.json()).toMatchObject({ format: 1, namespaces: [{ name: "world" }] });
});

test("a server without a supervisor is healthy in its drain delay, and not ready", async () => {
  const program = start("--no-supervise", "--drain-delay", "60s");
  await servedPort(program);
  const port = Number((await program.line(/\/readyz and \/metrics on port (\d+)/))[1]);
  program.child.kill("SIGTERM");
  await program.line(/not ready any more/);
  const health = await fetch(`http://127.0.0.1:${port}/healthz`);
  expect([health.status, await health.json()]).toMatchObject([200, { healthy: true, ready: false }]);
  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(503);
});

test.each([
  ["an option that there is not", ["start", "--prot", "1"], /unknown option '--prot'/],
  ["an option without its value", ["start", "--port"], /argument missing/],
  ["a value that is none of the choices", ["dev", "--durability", "never"], /Allowed choices are commit, flush/],
  ["an unknown option of hetu upgrade", ["upgrade", "--al"], /unknown option '--al'/],
  ["an unknown command", ["strat"], /unknown command 'strat'/],
])("hetu refuses %s with exit code 2", async (_what, args, message) => {
  const program = hetu(...args);
  expect((await program.exited).code).toBe(2);
  expect(program.text).toMatch(message);
  expect(program.text).toContain("--help");
});

test.each([
  ["an unknown setting", "server: { prot: 2466 }", /server\.prot is no setting; did you mean port\?/],
  ["a wrong value", "server: { port: 70000 }", /server\.port is 70000; the most is 65535/],
  ["a missing variable", "server: { port: '${NO_SUCH_PORT}' }", /needs the environment variable NO_SUCH_PORT/],
  ["no YAML", "server: [", /is not YAML/],
])("start refuses %s with exit code 2 and says where", async (_what, yaml, message) => {
  const file = join(data, "hetu.yaml");
  await writeFile(file, yaml);
  const program = hetu("start");
  expect((await program.exited).code).toBe(2);
  expect(program.text).toMatch(message);
  expect(program.text).toContain(file);
});

test("start says which file is missing when there is no entry", async () => {
  const program = hetu("start");
  expect((await program.exited).code).toBe(2);
  expect(program.text).toMatch(/server\/index\.ts does not exist/);
});

test("start refuses an entry that exports no implementation", async () => {
  await writeFile(join(data, "wrong.ts"), "export default { systems: 1 };");
  const program = hetu("start", "--entry", "wrong.ts", "--metrics", "off");
  expect((await program.exited).code).toBe(2);
  expect(program.text).toMatch(/wrong\.ts: expected what implement\(schema, \{ … \}\) returns/);
});

test("start says that a port is taken", async () => {
  const first = start();
  const port = await servedPort(first);
  const second = hetu(
    "start",
    "--entry",
    entry,
    "--data",
    join(data, "other"),
    "--port",
    `${port}`,
    "--host",
    "127.0.0.1",
    "--metrics",
    "off",
  );
  expect((await second.exited).code).toBe(1);
  expect(second.text).toContain(`port ${port} is taken`);
});
