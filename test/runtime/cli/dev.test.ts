import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startRedis } from "../../redis/index.js";
import { WireClient } from "../gate/wire-client.js";
import { Program, Programs } from "./program.js";

const SCHEMA = `namespace tiny

@permission(everybody)
component Score { owner: i64 @unique  points: i32 = 0 }

@permission(everybody)
system add(points: i32): i32 uses Score
`;

const CODE = `import { implement } from "hetu";
import { schema } from "../generated/server-ts/tiny/index.js";

export default implement(schema, {
  async add(ctx, points) {
    const score = await ctx.Score.upsert({ owner: 1n });
    score.points += points;
    return score.points;
  },
});
`;

let programs: Programs;
let project: string;
let dev: Program;

beforeAll(async () => {
  programs = await Programs.build();
});
afterAll(() => programs.remove());
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), "hetu-dev-"));
  await Promise.all(["schema", "server", "web"].map((folder) => mkdir(join(project, folder))));
  await writeFile(
    join(project, "hetu.json"),
    JSON.stringify({ targets: ["server-ts"], server: { port: 0, metrics: { port: 0 } } }),
  );
  await writeFile(join(project, "schema/tiny.hetu"), SCHEMA);
  await writeFile(join(project, "server/index.ts"), CODE);
  await writeFile(join(project, "web/index.html"), "<h1>page</h1>");
});
afterEach(async () => {
  await dev.stop("SIGTERM");
  await rm(project, { recursive: true, force: true });
});

async function run(...args: readonly string[]): Promise<WireClient> {
  dev = new Program(programs.hetu, ["dev", ...args], { cwd: project });
  const [, port] = await dev.line(/serving ws:\/\/127\.0\.0\.1:(\d+)\/hetu\/tiny/);
  await dev.line(/the new code runs/);
  return WireClient.open(Number(port), { instance: "tiny" });
}

/** Changes a file at once, so that nobody reads half of it. */
async function replace(path: string, content: string): Promise<void> {
  const whole = join(project, "replacement");
  await writeFile(whole, content);
  await rename(whole, join(project, path));
}

/** Changes a file and waits for a line about it. */
async function edit(path: string, content: string, line: RegExp): Promise<string> {
  const from = dev.lines.length;
  await replace(path, content);
  return (await dev.line(line, from)).input;
}

test("a change of code is swapped in under an open connection", async () => {
  const client = await run();
  expect(await client.call("add", 1)).toEqual(["rsp", 1]);
  await edit("server/index.ts", CODE.replace("+= points", "+= 10 * points"), /the new code runs/);
  expect(await client.call("add", 1)).toEqual(["rsp", 11]);
});

test("an additive change of the schema is applied under open connections and subscriptions", async () => {
  const client = await run();
  await client.call("add", 1);
  client.send("sub", "Score", "get", "owner", 1);
  await client.next();
  const code = CODE.replace(/\}\);\n$/, "  async note(ctx) {\n    await ctx.Note.insert({ owner: 1n });\n  },\n});\n");
  const from = dev.lines.length;
  await replace("server/index.ts", code);
  await replace(
    "schema/tiny.hetu",
    `${SCHEMA}\ncomponent Note { owner: i64 @unique }\n\n@permission(everybody)\nsystem note() uses Note\n`,
  );
  await dev.line(/schema built/, from);
  await expect.poll(() => client.call("note"), { timeout: 20_000 }).toEqual(["rsp", "ok"]);
  client.send("rpc", "add", 1);
  const [update, answer] = await client.take(2);
  expect(Object.values(update?.[2] as object)).toMatchObject([{ owner: 1, points: 2 }]);
  expect(answer).toEqual(["rsp", 2]);
});

test("until a new system has code the old code goes on, also when a column came with it", async () => {
  const client = await run();
  await client.call("add", 1);
  client.send("sub", "Score", "range", "owner", 0, 9);
  await client.next();
  const schema = SCHEMA.replace("points: i32 = 0", "points: i32 = 0  level: i32 = 1");
  await edit(
    "schema/tiny.hetu",
    `${schema}\n@permission(everybody)\nsystem rest() uses Score\n`,
    /rest of the schema has no code: .*rest\(\).*; the old code goes on/,
  );
  client.send("rpc", "add", 1);
  expect((await client.take(2))[1]).toEqual(["rsp", 2]);
  await edit("server/index.ts", CODE.replace(/\}\);\n$/, "  rest: () => undefined,\n});\n"), /the new code runs/);
  expect(await client.call("rest")).toEqual(["rsp", "ok"]);
});

test("without a terminal a schema that the data does not fit keeps the old code, and says so", async () => {
  const client = await run();
  await client.call("add", 1);
  await edit("schema/tiny.hetu", SCHEMA.replace("points: i32 = 0", 'points: bytes(4) = ""'), /run with --reset-data/);
  expect(dev.text).toMatch(/column Score\.points was i32 and is now bytes\(4\)/);
  expect(await client.call("add", 1)).toEqual(["rsp", 2]);
});

test("what an upgrade can do without a loss is done between two servers", async () => {
  const client = await run();
  await client.call("add", 5);
  const from = dev.lines.length;
  await replace(
    "server/index.ts",
    CODE.replaceAll("score.points", "score.score")
      .replace("+= points", "+= BigInt(points)")
      .replace("return score.score", "return Number(score.score)"),
  );
  await replace("schema/tiny.hetu", SCHEMA.replace("points: i32 = 0", "score: i64 = 0 @was(points)"));
  await dev.line(/the data was brought to the new schema/, from);
  const [, port] = await dev.line(/serving ws:\/\/127\.0\.0\.1:(\d+)\/hetu\/tiny/, from);
  await dev.line(/the new code runs/, from);
  const again = await WireClient.open(Number(port), { instance: "tiny" });
  expect(await again.call("add", 1)).toEqual(["rsp", 6]);
});

test("with --reset-data such a schema is applied to no data, and the clients connect again", async () => {
  const client = await run("--reset-data");
  await client.call("add", 5);
  const from = dev.lines.length;
  await replace(
    "server/index.ts",
    CODE.replace("+= points", "+= BigInt(points)").replace("return score.points", "return Number(score.points)"),
  );
  await replace("schema/tiny.hetu", SCHEMA.replace("points: i32 = 0", 'points: bytes(4) = ""'));
  await dev.line(/the data was reset/, from);
  expect(await client.closed).toEqual({ code: 1001, reason: "the data was reset" });
});

test("mistakes in schema and code are told with their place, and the old code goes on", async () => {
  const client = await run();
  const line = await edit("schema/tiny.hetu", SCHEMA.replace("owner: i64", "owner: i65"), /HT\d{4}/);
  expect(line).toMatch(/schema\/tiny\.hetu:4:\d+ error\[HT\d{4}\] .*help: did you mean `i64`\?/);
  await dev.line(/the schema has errors; the old code goes on/);
  await edit("schema/tiny.hetu", SCHEMA, /schema built/);
  await edit(
    "server/index.ts",
    CODE.replace("return score", "return ] score"),
    /index\.ts cannot be built.*the old code goes on/,
  );
  expect(await client.call("add", 1)).toEqual(["rsp", 1]);
});

test("--static serves a folder on the same port, and nothing outside of it", async () => {
  const client = await run("--static", "web");
  const base = client.socket.url.replace("ws:", "http:").replace("/hetu/tiny", "");
  expect(await (await fetch(`${base}/`)).text()).toBe("<h1>page</h1>");
  for (const path of ["/../hetu.json", "/%2e%2e/hetu.json", "/.git/config", "/nothing.html"]) {
    expect((await fetch(`${base}${path}`)).status).toBe(404);
  }
});

test("a port that is taken ends hetu dev with a message", async () => {
  const client = await run();
  const { port } = new URL(client.socket.url);
  const second = new Program(
    programs.hetu,
    ["dev", "--port", port, "--data", join(project, "other"), "--metrics", "off"],
    {
      cwd: project,
    },
  );
  expect((await second.exited).code).toBe(2);
  expect(second.text).toContain(`port ${port} is taken`);
});

test("a project that does not compile yet is started once it does", async () => {
  await replace("schema/tiny.hetu", SCHEMA.replace("owner: i64", "owner: i65"));
  dev = new Program(programs.hetu, ["dev"], { cwd: project });
  await dev.line(/the schema has errors/);
  await edit("schema/tiny.hetu", SCHEMA, /serving/);
});

test("on Redis a schema that the data fits is applied between two servers, and what would lose data is not", async () => {
  const redis = await startRedis();
  try {
    const client = await run("--store", redis.url);
    expect(await client.call("add", 1)).toEqual(["rsp", 1]);
    await edit("server/index.ts", CODE.replace("+= points", "+= 10 * points"), /the new code runs/);
    expect(await client.call("add", 1)).toEqual(["rsp", 11]);
    const more = SCHEMA.replace("points: i32 = 0", "points: i32 = 0  lives: i32 = 3");
    const from = dev.lines.length;
    await edit("schema/tiny.hetu", more, /the data was brought to the new schema/);
    const [, port] = await dev.line(/serving ws:\/\/127\.0\.0\.1:(\d+)\/hetu\/tiny/, from);
    expect((await client.closed).code).toBe(1001);
    await dev.line(/the new code runs/, from);
    const again = await WireClient.open(Number(port), { instance: "tiny" });
    expect(await again.call("add", 1)).toEqual(["rsp", 21]);
    const less = "namespace tiny\n\nsystem add(points: i32): i32\n";
    await edit("schema/tiny.hetu", less, /data on Redis is not deleted from here/);
    expect(await again.call("add", 1)).toEqual(["rsp", 31]);
  } finally {
    await dev.stop("SIGTERM");
    await redis.stop();
  }
});
