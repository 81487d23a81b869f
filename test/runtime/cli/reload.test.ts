import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { eventually, useRedis } from "../../redis/index.js";
import { WireClient } from "../gate/wire-client.js";
import { Programs } from "./program.js";
import { hangUp, pagesPort, TALLY, tallyCode, TallyProject, tallyPort } from "./tally-project.js";

const redis = useRedis();
let programs: Programs;
let project: TallyProject;

beforeAll(async () => {
  programs = await Programs.build();
});
afterAll(() => programs.remove());
beforeEach(async () => {
  project = await TallyProject.create(programs);
});
afterEach(() => project.remove());

async function open(port: number): Promise<WireClient> {
  return WireClient.open(port, { instance: "tally" });
}

/** What some connections in a row are told. */
async function editions(port: number): Promise<unknown[]> {
  const told: unknown[] = [];
  for (let n = 0; n < 6; n++) {
    const client = await open(port);
    told.push((await client.call("edition"))[1]);
    await client.close();
  }
  return told;
}

/** Bundles beside the entry. */
async function bundles(): Promise<string[]> {
  return (await readdir(project.server)).filter((name) => name.startsWith(".hetu-"));
}

test("SIGHUP takes the new code under open connections, and deletes the bundle of the old", async () => {
  const program = project.start();
  const client = await open(await tallyPort(program));
  expect(await client.call("edition")).toEqual(["rsp", 1]);
  expect(await bundles()).toHaveLength(1);
  await project.write(tallyCode(2));
  expect(JSON.parse(await hangUp(program))).toMatchObject({ msg: "SIGHUP: the new code runs", version: 2, workers: 1 });
  expect(await client.call("edition")).toEqual(["rsp", 2]);
  expect(await bundles()).toEqual([expect.stringMatching(/\.2-0\.mjs$/)]);
  await program.stop();
  expect(await bundles()).toEqual([]);
});

test("without a supervisor SIGHUP takes the new code, too", async () => {
  const program = project.start("--no-supervise");
  const client = await open(await tallyPort(program));
  await project.write(tallyCode(2));
  expect(await hangUp(program)).toContain("the new code runs");
  expect(await client.call("edition")).toEqual(["rsp", 2]);
  expect((await program.stop()).code).toBe(0);
  expect(await bundles()).toEqual([]);
});

test("SIGHUP with the code that runs already changes nothing", async () => {
  const program = project.start();
  await tallyPort(program);
  expect(await hangUp(program)).toContain("the code is the one that runs");
});

test.each([
  ["that cannot be built", "export default ];", /index\.ts cannot be built/],
  ["that throws while it loads", "throw new Error('too early');", /index\.ts cannot be loaded: Error: too early/],
  ["that ends the process while it loads", "process.exit(7);", /ended the process that loaded it \(exit code 7\)/],
  ["without an implementation", "export default {};", /expected what implement\(schema, \{ … \}\) returns/],
  ["whose dispose is no function", tallyCode(2, "export const dispose = 1;"), /exports dispose, which is no function/],
])("code %s leaves the old code running, with the reason in the log", async (_what, code, reason) => {
  const program = project.start();
  const client = await open(await tallyPort(program));
  await project.write(code);
  const line = await hangUp(program);
  expect(line).toMatch(reason);
  expect(line).toContain("the old code goes on");
  expect(await client.call("edition")).toEqual(["rsp", 1]);
  expect(await bundles()).toEqual([expect.stringMatching(/\.1-0\.mjs$/)]);
  await project.write(tallyCode(3));
  expect(await hangUp(program)).toContain("the new code runs");
  expect(await client.call("edition")).toEqual(["rsp", 3]);
});

test("on the embedded store an additive change of the schema is taken with the code, another one is not", async () => {
  const program = project.start();
  const client = await open(await tallyPort(program));
  expect(await client.call("increment", 1)).toEqual(["rsp", 1]);
  await project.compile(TALLY.replace("value: i64 = 0", "value: i64 = 0  owner: i64 = 0"));
  await project.write(tallyCode(2));
  expect(await hangUp(program)).toContain("the new code runs");
  expect(await client.call("increment", 1)).toEqual(["rsp", 2]);
  await project.compile(TALLY.replace("value: i64 = 0", 'value: string(8) = ""'));
  await project.write(tallyCode(3).replace("1n;", "'1' as never;"));
  const line = await hangUp(program);
  expect(line).toContain("does not fit the new schema");
  expect(line).toContain("the old code goes on");
  expect(await client.call("increment", 1)).toEqual(["rsp", 3]);
  expect(await client.call("edition")).toEqual(["rsp", 2]);
});

test("a worker that dies after an exchange is replaced by one with the new code", async () => {
  const program = project.start();
  await tallyPort(program);
  await project.write(tallyCode(2));
  await hangUp(program);
  // What is on the disk by now is not what was taken.
  await project.write(tallyCode(3));
  const pid = (JSON.parse((await program.line(/serving/)).input) as { pid: number }).pid;
  const from = program.lines.length;
  process.kill(pid, "SIGKILL");
  const client = await open(await tallyPort(program, from));
  expect(await client.call("edition")).toEqual(["rsp", 2]);
});

test("several SIGHUPs in a row end with the last code", async () => {
  const program = project.start();
  const client = await open(await tallyPort(program));
  for (let edition = 2; edition <= 6; edition++) {
    await project.write(tallyCode(edition));
    program.child.kill("SIGHUP");
  }
  await expect.poll(() => client.call("edition"), { timeout: 30_000 }).toEqual(["rsp", 6]);
  expect(program.lines.filter((line) => line.includes("the new code runs")).length).toBeLessThanOrEqual(5);
});

test("dispose is called once for each version, when its last call has ended, and at the end", async () => {
  const told = (edition: number): string => `export async function dispose(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    console.log("disposed of edition ${edition}");
  }`;
  await project.write(tallyCode(1, told(1)));
  const program = project.start();
  await tallyPort(program);
  for (const edition of [2, 3]) {
    await project.write(tallyCode(edition, told(edition)));
    expect(await hangUp(program)).toContain("the new code runs");
  }
  await program.stop();
  expect(program.lines.filter((line) => line.startsWith("disposed"))).toEqual(
    [1, 2, 3].map((edition) => `disposed of edition ${edition}`),
  );
});

test("a dispose that fails is logged, and the new code runs", async () => {
  await project.write(tallyCode(1, 'export function dispose(): void { throw new Error("still open"); }'));
  const program = project.start();
  await tallyPort(program);
  await project.write(tallyCode(2));
  await hangUp(program);
  expect((await program.line(/dispose\(\) of the old code has failed/)).input).toContain("still open");
});

test("a call that does not end keeps the old code after the deadline, and other calls go on", async () => {
  const program = project.start("--stop-deadline", "200ms");
  const port = await tallyPort(program);
  const [stuck, client] = [await open(port), await open(port)];
  stuck.send("rpc", "hang");
  stuck.send("motd");
  expect(await stuck.next()).toBe("hetu");
  await project.write(tallyCode(2));
  const line = await hangUp(program);
  expect(line).toMatch(/calls of the old code still run after 200 ms.*the old code goes on/);
  expect(await client.call("edition")).toEqual(["rsp", 1]);
  await stuck.close();
});

test("stacks of exchanged code name the source", async () => {
  const program = project.start();
  const client = await open(await tallyPort(program));
  await project.write(tallyCode(2));
  await hangUp(program);
  await client.call("fail");
  const { input } = await program.line(/edition 2 fails/);
  expect(input).toMatch(/server\/index\.ts:\d+/);
});

test("JavaScript is taken afresh with what it imports of its own project", async () => {
  const entry = "server/main.mjs";
  const systems = (edition: string): string => `export const edition = () => ${edition};`;
  await mkdir(join(project.folder, "server/parts"));
  await writeFile(join(project.folder, "server/parts/edition.mjs"), systems("1"));
  const generated = join(project.folder, "generated/server-ts/tally/index.js");
  const { build } = await import("esbuild");
  await build({
    entryPoints: [generated.replace(/js$/, "ts")],
    outfile: join(project.folder, "server/schema.mjs"),
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    alias: { hetu: join(programs.folder, "dist/runtime/index.js") },
    external: [join(programs.folder, "dist/runtime/index.js")],
    logLevel: "error",
  });
  const main = `import { implement } from ${JSON.stringify(join(programs.folder, "dist/runtime/index.js"))};
import { schema } from "./schema.mjs";
import { edition } from "./parts/edition.mjs";
const nothing = () => undefined;
export default implement(schema, { increment: nothing, incrementOnce: nothing, edition, hang: nothing, fail: nothing });
`;
  await project.write(main, entry);
  const program = project.start("--entry", entry);
  const client = await open(await tallyPort(program));
  expect(await client.call("edition")).toEqual(["rsp", 1]);
  await writeFile(join(project.folder, "server/parts/edition.mjs"), systems("2"));
  expect(await hangUp(program)).toContain("the new code runs");
  expect(await client.call("edition")).toEqual(["rsp", 2]);
});

test("on Redis a schema that is stored in another way is refused, and hetu upgrade is named", async () => {
  const { url } = await redis.server();
  const program = project.start("--store", url, "--workers", "2");
  const port = await tallyPort(program);
  await program.line(/all 2 workers serve/);
  const clients = [await open(port), await open(port)];
  await project.compile(TALLY.replace("value: i64 = 0", "value: i64 = 0  owner: i64 = 0"));
  await project.write(tallyCode(2));
  const line = await hangUp(program);
  expect(line).toMatch(/Counter has the column owner: i64 now.*run hetu upgrade.*the old code goes on/);
  for (const client of clients) expect(await client.call("edition")).toEqual(["rsp", 1]);

  await project.compile(TALLY.replace("@permission(everybody)\nsystem edition", "@permission(user)\nsystem edition"));
  await project.write(tallyCode(3));
  expect(await hangUp(program)).toContain("the new code runs");
  for (const client of clients) expect((await client.call("edition"))[0]).toBe("rej");
  expect((await program.stop()).code).toBe(0);
});

test("SIGHUP is done once more by itself when a worker dies while it loads the code", async () => {
  const { url } = await redis.server();
  const program = project.start("--store", url, "--workers", "2");
  const port = await tallyPort(program);
  await program.line(/all 2 workers serve/);
  // The first worker that can delete it; the process that tries the code out is none.
  const dieOnce = `import { rmSync } from "node:fs";
function dies() {
  try {
    rmSync("die");
    return true;
  } catch {
    return false;
  }
}
if (process.env["HETU_CODE"] !== undefined && dies()) process.kill(process.pid, "SIGKILL");`;
  await writeFile(join(project.folder, "die"), "");
  await project.write(tallyCode(2, dieOnce));
  expect(await hangUp(program)).toContain("the new code runs");
  expect(program.text).toContain("SIGHUP is done once more");
  await eventually(async () => (await editions(port)).every((each) => each === 2));
  expect((await program.stop()).code).toBe(0);
});

test("workers that are killed while the code is exchanged leave all with the same code, the one that the log tells", async () => {
  const { url } = await redis.server();
  const program = project.start("--store", url, "--workers", "2");
  const port = await tallyPort(program);
  await program.line(/all 2 workers serve/);
  const pages = await pagesPort(program);
  const pids = async (): Promise<readonly number[]> => {
    const health = (await (await fetch(`http://127.0.0.1:${pages}/healthz`)).json()) as { workers: { pid: number }[] };
    return health.workers.map(({ pid }) => pid);
  };
  let served = 1;
  for (let edition = 2; edition <= 5; edition++) {
    const [victim] = await pids();
    await project.write(tallyCode(edition));
    const told = hangUp(program);
    // Each time a little later within the exchange.
    for (let turn = 0; turn < (edition - 2) * 3; turn++) await pids();
    process.kill(victim!, "SIGKILL");
    if ((await told).includes("the new code runs")) served = edition;
    else expect(await told).toContain("the old code goes on");
    await eventually(async () => (await pids()).length === 2);
    // One that was started before the exchange gets the new code as soon as it serves.
    await eventually(async () => (await editions(port)).every((each) => each === served));
  }
  expect((await program.stop()).code).toBe(0);
}, 120_000);

test("metrics tell how many workers serve and how often the code was exchanged", async () => {
  const program = project.start();
  const client = await open(await tallyPort(program));
  await project.write(tallyCode(2));
  await hangUp(program);
  await project.write("export default 1;");
  await hangUp(program);
  await client.call("increment", 1);
  const text = await (await fetch(`http://127.0.0.1:${await pagesPort(program)}/metrics`)).text();
  expect(text).toContain("\nhetu_workers_serving 1\n");
  expect(text).toContain("\nhetu_code_version 2\n");
  expect(text).toContain('\nhetu_reloads_total{result="done"} 1\n');
  expect(text).toContain('\nhetu_reloads_total{result="failed"} 1\n');
  expect(text).toContain('\nhetu_calls_total{instance="tally",system="increment",status="ok"} 1\n');
});
