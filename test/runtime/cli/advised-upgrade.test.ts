import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type RedisServer, useRedis } from "../../redis/index.js";
import { Program, Programs } from "./program.js";
import { TALLY, TallyProject, tallyPort } from "./tally-project.js";

const NARROWER = TALLY.replace("  value: i64 = 0", "");

const redis = useRedis();
let programs: Programs;
beforeAll(async () => (programs = await Programs.build()), 60_000);
afterAll(() => programs.remove());

const projects: TallyProject[] = [];
afterEach(async () => {
  for (const project of projects.splice(0)) await project.remove();
});

function upgrade(project: TallyProject, ...args: readonly string[]): Program {
  const program = new Program(programs.hetu, ["upgrade", ...args], { cwd: project.folder });
  project.programs.push(program);
  return program;
}

async function keysOf(server: RedisServer, prefix: string): Promise<number> {
  return ((await server.command("KEYS", `{${prefix}:*`)) as string[]).length;
}

/** The words behind `hetu upgrade` that a refusal advises, without what is to be done. */
function advised(text: string): string[] {
  const [, words = ""] = /run: hetu upgrade ([^\n"\\]*)/.exec(text) ?? [];
  return words
    .split(" ")
    .map((word) => word.replace(/^'(.*)'$/, "$1"))
    .filter((word) => word !== "" && word !== "--reset-data" && word !== "--plan");
}

describe("what a refused start advises", () => {
  it("deletes the data that was refused, and not that of another deployment", { timeout: 60_000 }, async () => {
    const server = await redis.server();
    const project = await TallyProject.create(programs);
    projects.push(project);
    const folder = join(project.folder, "production");
    await mkdir(folder);
    const config = join(folder, "other.json");
    const store = { url: server.url, prefix: "other" };
    await writeFile(config, JSON.stringify({ server: { store } }));
    const entry = join(project.folder, "server/index.ts");
    const ways = [
      ["--store", server.url],
      ["--config", config, "--entry", entry],
    ];
    for (const way of ways) {
      const program = project.start(...way, "--no-supervise");
      await tallyPort(program);
      await program.stop();
    }
    const kept = await keysOf(server, "hetu");
    expect(kept).toBeGreaterThan(0);
    await project.compile(NARROWER);
    const refused = project.start("--config", "production/other.json", "--entry", "server/index.ts", "--no-supervise");
    expect((await refused.exited).code).toBe(2);

    const words = advised(refused.text);
    expect(words).toEqual(["--config", config, "--entry", entry]);
    const asked = upgrade(project, ...words, "--reset-data");
    expect((await asked.exited).code).toBe(2);
    const keys = await keysOf(server, "other");
    expect(asked.text).toContain(`all data of other:tally in redis://127.0.0.1:${server.port} (${keys} keys)`);
    const done = upgrade(project, ...words, "--reset-data", "--yes");
    expect((await done.exited).code).toBe(0);
    expect(done.text).toContain(`all data of other:tally in redis://127.0.0.1:${server.port} is deleted`);
    expect(await keysOf(server, "other")).toBe(0);
    expect(await keysOf(server, "hetu")).toBe(kept);
  });

  it("names the store where the command line did, with stars for the password", { timeout: 60_000 }, async () => {
    const server = await redis.server({ args: ["--requirepass", "secret"] });
    const project = await TallyProject.create(programs);
    projects.push(project);
    const url = `redis://:secret@127.0.0.1:${server.port}/0`;
    const program = project.start("--store", url, "--no-supervise");
    await tallyPort(program);
    await program.stop();
    await project.compile(NARROWER);
    const refused = project.start("--store", url, "--no-supervise");
    expect((await refused.exited).code).toBe(2);
    const file = join(project.folder, "hetu.json");
    expect(advised(refused.text)).toEqual(["--store", `redis://:***@127.0.0.1:${server.port}`, "--config", file]);
    expect(refused.text).toContain("put the password back for ***");
    expect(refused.text).not.toContain("secret");

    const env = { HETU_STORE: url };
    const again = new Program(programs.hetu, ["start", "--port", "0", "--metrics", "off", "--no-supervise"], {
      cwd: project.folder,
      env,
    });
    project.programs.push(again);
    expect((await again.exited).code).toBe(2);
    expect(advised(again.text)).toEqual(["--config", file]);
    expect(again.text).toContain("set HETU_STORE for it");
    const planned = new Program(programs.hetu, ["upgrade", ...advised(again.text), "--plan"], {
      cwd: project.folder,
      env,
    });
    project.programs.push(planned);
    await planned.exited;
    expect(planned.text).toContain("to bring the data of tally to the schema");
  });
});

it("hetu upgrade takes no instance whose keys could be those of another one", { timeout: 60_000 }, async () => {
  const server = await redis.server();
  const project = await TallyProject.create(programs);
  projects.push(project);
  await server.command("SET", "{hetu:tally:0}:catalogue", "of a partition");
  const instances = { "tally:0": "server/index.ts" };
  await writeFile(join(project.folder, "more.json"), JSON.stringify({ server: { store: server.url, instances } }));
  const refused = upgrade(project, "--config", "more.json", "--reset-data", "--yes");
  expect((await refused.exited).code).toBe(2);
  expect(refused.text).toContain('instance name "tally:0"');
  expect(await keysOf(server, "hetu")).toBe(1);
});
