import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { upgrade as upgradeInstance } from "../../../../runtime/store/redis/registry/upgrade.js";
import { Program, Programs } from "../../cli/program.js";
import { TALLY, TallyProject, tallyPort } from "../../cli/tally-project.js";
import { eventually, type RedisServer, useRedis } from "../../../redis/index.js";

type UpgradeReport = Awaited<ReturnType<typeof upgradeInstance>>;

const redis = useRedis();
let programs: Programs;
beforeAll(async () => (programs = await Programs.build()), 60_000);
afterAll(() => programs.remove());

const projects: TallyProject[] = [];
afterEach(async () => {
  for (const project of projects.splice(0)) await project.remove();
});

const WIDER = TALLY.replace("value: i64 = 0", 'value: i64 = 0 @index  note: string(8) = "new"');
const NARROWER = TALLY.replace("  value: i64 = 0", "");
const ROWS = 150_000;

/** Rows of Counter as version 1 of the schema packs them: version, number, value. */
const FILL = `
for i = 1, tonumber(ARGV[1]) do
  local id = string.char(128) .. string.sub(struct.pack(">i8", i), 2)
  redis.call("HSET", KEYS[1], id, struct.pack("<d", 1) .. struct.pack("<i8", i) .. struct.pack("<i8", 7))
  redis.call("ZADD", KEYS[2], 0, id .. id)
end`;

interface Catalogue {
  readonly namespaces: { readonly tally: { readonly tables: { readonly Counter: { readonly space: number } } } };
}

async function rowsKey(server: RedisServer): Promise<string> {
  const catalogue = JSON.parse(String(await server.command("GET", "{hetu:tally}:catalogue"))) as Catalogue;
  return `{hetu:tally:0}:t${catalogue.namespaces.tally.tables.Counter.space}`;
}

/** A project whose data lies on a Redis, and that no server has open. */
async function filled(rows: number): Promise<{ server: RedisServer; project: TallyProject }> {
  const server = await redis.server();
  const project = await TallyProject.create(programs);
  projects.push(project);
  const program = project.start("--store", server.url, "--no-supervise");
  await tallyPort(program);
  await program.stop();
  const key = await rowsKey(server);
  await server.command("EVAL", FILL, 2, key, key.replace(/t(\d+)$/, "i$1"), rows);
  return { server, project };
}

function upgrade(project: TallyProject, ...args: readonly string[]): Program {
  const program = new Program(programs.hetu, ["upgrade", ...args], { cwd: project.folder });
  project.programs.push(program);
  return program;
}

describe("hetu upgrade", () => {
  it("adds what is new, tells it, and has nothing to do the next time", { timeout: 60_000 }, async () => {
    const { server, project } = await filled(3);
    await project.compile(WIDER);
    const refused = project.start("--store", server.url, "--no-supervise");
    expect((await refused.exited).code).toBe(2);
    expect(refused.text).toContain(`hetu upgrade --store redis://127.0.0.1:${server.port}`);
    const first = upgrade(project, "--store", server.url);
    expect((await first.exited).code).toBe(0);
    expect(first.text).toContain("column Counter.note is new");
    const second = upgrade(project, "--store", server.url, "--json");
    expect((await second.exited).code).toBe(0);
    expect(JSON.parse(second.text)).toEqual({
      instance: "tally",
      store: `redis://127.0.0.1:${server.port}`,
      status: "unchanged",
      changes: [],
      rows: 0,
      rowsBefore: 0,
      resumed: false,
    });
    const program = project.start("--store", server.url, "--no-supervise");
    await tallyPort(program);
    await program.stop();
  });

  it("is finished by the next one when it is killed, and no server starts before", { timeout: 120_000 }, async () => {
    const { server, project } = await filled(ROWS);
    await project.compile(WIDER);
    const killed = upgrade(project, "--store", server.url);
    await eventually(async () =>
      String(await server.command("GET", "{hetu:tally}:upgrade")).includes("{hetu:tally:0}:t"),
    );
    await eventually(async () => (await server.command("EXISTS", "{hetu:tally}:upgrade-progress")) === 1);
    await killed.stop("SIGKILL");
    expect(await server.command("EXISTS", "{hetu:tally}:upgrade")).toBe(1);

    const early = project.start("--store", server.url, "--no-supervise");
    expect((await early.exited).code).not.toBe(0);
    expect(early.text).toContain("is not finished");

    const next = upgrade(project, "--store", server.url, "--json");
    expect((await next.exited).code).toBe(0);
    const report = JSON.parse(next.lines.filter((line) => line.startsWith("{")).join()) as UpgradeReport;
    expect(report).toMatchObject({ status: "upgraded", resumed: true });
    expect(report.rows + report.rowsBefore).toBe(ROWS);
    expect(report.rowsBefore).toBeGreaterThan(0);
    expect(next.text).toContain(`Counter: goes on at row ${report.rowsBefore} of ${ROWS}`);
    expect(await server.command("EXISTS", "{hetu:tally}:upgrade")).toBe(0);
    expect(await server.command("KEYS", "{hetu:tally:0}:t*")).toEqual([await rowsKey(server)]);
    expect(await server.command("HLEN", await rowsKey(server))).toBe(ROWS);
    const program = project.start("--store", server.url, "--no-supervise");
    await tallyPort(program);
    await program.stop();
  });

  it("is refused while a server runs, and when rows would be lost", { timeout: 60_000 }, async () => {
    const { server, project } = await filled(3);
    const program = project.start("--store", server.url, "--no-supervise");
    await tallyPort(program);
    await project.compile(WIDER);
    const running = upgrade(project, "--store", server.url, "--json");
    expect((await running.exited).code).toBe(1);
    expect(JSON.parse(running.text)).toMatchObject({ status: "failed", error: "InstanceRunningError" });
    expect(running.text).toContain(`process ${program.child.pid}`);
    await program.stop();
    await project.compile(NARROWER);
    const lossy = upgrade(project, "--store", server.url);
    expect((await lossy.exited).code).toBe(2);
    expect(lossy.text).toContain("column Counter.value is gone; its values would be lost");
    expect(await server.command("HLEN", await rowsKey(server))).toBe(3);
  });

  it(
    "is told by a start what it would ask for, and a reset deletes this instance alone",
    {
      timeout: 60_000,
    },
    async () => {
      const { server, project } = await filled(3);
      for (const key of ["{hetu:tally2}:leases", "{hetu:tally:x}:t1", "{hetu:tally", "other"]) {
        await server.command("SET", key, "stays");
      }
      await project.compile(NARROWER);
      const refused = project.start("--store", server.url, "--no-supervise");
      expect((await refused.exited).code).toBe(2);
      expect(refused.text).toContain("column Counter.value is gone; its values would be lost");
      expect(refused.text).toMatch(/hetu upgrade --store redis:\S+ .*--plan/);
      const lossy = upgrade(project, "--store", server.url);
      expect((await lossy.exited).code).toBe(2);
      expect(lossy.text).toContain("to allow it: --drop Counter.value");

      const unasked = upgrade(project, "--store", server.url, "--reset-data");
      expect((await unasked.exited).code).toBe(2);
      expect(unasked.text).toContain("add --yes");
      expect(await server.command("HLEN", await rowsKey(server))).toBe(3);
      const reset = upgrade(project, "--store", server.url, "--reset-data", "--yes", "--json");
      expect((await reset.exited).code).toBe(0);
      expect(JSON.parse(reset.text)).toMatchObject({ instance: "tally", status: "reset" });
      const left = (await server.command("KEYS", "*")) as string[];
      expect(left.sort()).toEqual(["other", "{hetu:tally", "{hetu:tally2}:leases", "{hetu:tally:x}:t1"].sort());
      const program = project.start("--store", server.url, "--no-supervise");
      await tallyPort(program);
      const running = upgrade(project, "--store", server.url, "--reset-data", "--yes");
      expect((await running.exited).code).toBe(1);
      expect(running.text).toContain(`process ${program.child.pid}`);
      expect(await server.command("EXISTS", "{hetu:tally}:catalogue")).toBe(1);
      await program.stop();
    },
  );
});
