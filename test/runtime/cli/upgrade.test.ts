import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { stepsText } from "../../../runtime/cli/upgrade-text.js";
import { startRedis } from "../../redis/index.js";
import { WireClient } from "../gate/wire-client.js";
import { Program, Programs } from "./program.js";

const BEFORE = `namespace tiny

@permission(everybody)
component Score { owner: i64 @unique  points: i32 = 0  note: string(20) = "old" }

@permission(everybody)
system add(points: i32): i32 uses Score
`;

const AFTER = `namespace tiny

@permission(everybody) @was(Result, Score)
component Tally { owner: i64 @unique  total: i64 = 0 @was(sum, points)  label: string(30) }

@permission(everybody)
system add(points: i32): i32 uses Tally
`;

const CODE = `import { implement } from "hetu";
import { schema } from "../generated/server-ts/tiny/index.js";

export default implement(schema, {
  async add(ctx, points) {
    const row = await (ctx.Tally ?? ctx.Score).upsert({ owner: 1n });
    if (ctx.Tally === undefined) return (row.points += points);
    return Number((row.total += BigInt(points)));
  },
});
`;

/** Stands there from the beginning, so it has nothing to do. */
const EARLY = `import { defineMigration } from "hetu";
export default defineMigration({ component: "Tally", up: () => { throw new Error("too early"); } });
`;

const LABELS = `import { defineMigration } from "hetu";
import { label } from "./.labels.js";
export default defineMigration({
  component: "Tally",
  drops: ["note"],
  up: ({ note, ...row }) => ({ ...row, label: label(note) }),
  down: ({ label, ...row }) => ({ ...row, note: label.slice(3) }),
});
`;

const FAILING = `import { defineMigration } from "hetu";
type Row = Readonly<Record<string, unknown>>;
const up = (row: Row): Row => {
  throw new Error("it is too long");
};
export default defineMigration({ component: "Tally", up });
`;

let programs: Programs;
beforeAll(async () => (programs = await Programs.build()), 60_000);
afterAll(() => programs.remove());

let project = "";
const running: Program[] = [];
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), "hetu-upgrade-"));
  for (const folder of ["schema", "server", "server/migrations"]) await mkdir(join(project, folder));
  await writeFile(join(project, "hetu.json"), JSON.stringify({ targets: ["server-ts"] }));
  await writeFile(join(project, "server/index.ts"), CODE);
  await writeFile(join(project, "server/migrations/000-early.ts"), EARLY);
  await compile(BEFORE);
});
afterEach(async () => {
  for (const program of running.splice(0)) await program.stop("SIGKILL");
  await rm(project, { recursive: true, force: true });
});

async function compile(schema: string): Promise<void> {
  await writeFile(join(project, "schema/tiny.hetu"), schema);
  const hetuc = join(programs.folder, "dist/compiler/cli.js");
  const child = spawn(process.execPath, [hetuc, "build"], { cwd: project, stdio: "ignore" });
  expect(await once(child, "exit")).toEqual([0, null]);
}

function hetu(...args: readonly string[]): Program {
  const program = new Program(programs.hetu, args, { cwd: project });
  running.push(program);
  return program;
}

/** Runs `hetu upgrade`. */
async function upgrade(...args: readonly string[]): Promise<{ code: number | null; text: string }> {
  const program = hetu("upgrade", ...args);
  const { code } = await program.exited;
  return { code, text: program.text };
}

/** Starts a server, calls `add` and stops the server. */
async function add(points: number, ...args: readonly string[]): Promise<unknown> {
  const free = ["--port", "0", "--host", "127.0.0.1", "--metrics", "off", "--no-pretty", "--no-supervise"];
  const program = hetu("start", ...free, ...args);
  const [, port] = await program.line(/serving ws:\/\/127\.0\.0\.1:(\d+)\/hetu\/tiny/);
  const client = await WireClient.open(Number(port), { instance: "tiny" });
  const answer = await client.call("add", points);
  await program.stop();
  return answer;
}

describe("hetu upgrade", () => {
  for (const store of ["the embedded store", "Redis"] as const) {
    it(`plans, refuses, does and undoes a change of the schema on ${store}`, { timeout: 120_000 }, async () => {
      const server = store === "Redis" ? await startRedis() : undefined;
      const on = server === undefined ? [] : ["--store", server.url];
      try {
        expect(await add(5, ...on)).toEqual(["rsp", 5]);
        await compile(AFTER);
        const start = hetu("start", "--port", "0", "--metrics", "off", "--no-supervise", ...on);
        expect((await start.exited).code).toBe(2);
        expect(start.text).toMatch(/hetu upgrade .*--plan/);
        expect(start.text).toContain("component Score is called Tally now");
        expect(start.text).toContain("to allow it: --drop Score.note");
        expect(start.text).not.toMatch(/Score is gone/);

        const refused = await upgrade("--plan", ...on);
        expect(refused.code).toBe(1);
        for (const part of [
          "Tally (1 row, all written anew)",
          "- component Score is called Tally now",
          "- column Tally.points is called total now",
          "- column Tally.total was i32 and is now i64",
          'column Tally.label is new; the rows that exist get "", the zero of string(30)',
          "column Score.note is gone; its values would be lost\n    to allow it: --drop Score.note",
          "nothing was changed",
        ]) {
          expect(refused.text).toContain(part);
        }
        const lossy = await upgrade("--json", ...on);
        expect(lossy.code).toBe(2);
        expect(JSON.parse(lossy.text)).toMatchObject({
          status: "refused",
          error: "UpgradeRefusedError",
          problems: [{ component: "Tally", member: "note", allow: ["--drop Score.note"] }],
        });

        await writeFile(
          join(project, "server/migrations/.labels.ts"),
          "export const label = (note) => `is ${note}`;\n",
        );
        if (server === undefined) {
          await writeFile(join(project, "server/migrations/001-labels.ts"), FAILING);
          const failed = await upgrade("--drop", "Score.note");
          expect([failed.code, failed.text]).toEqual([
            2,
            expect.stringMatching(/001-labels has failed at row \d+ .*: it is too long\n +at .*001-labels\.ts:4:9\)$/),
          ]);
        }
        await writeFile(join(project, "server/migrations/001-labels.ts"), LABELS);
        const plan = await upgrade("--plan", "--json", ...on);
        expect(plan.code).toBe(0);
        expect(JSON.parse(plan.text)).toMatchObject({
          instance: "tiny",
          status: "possible",
          tables: [{ table: "Tally", rows: 1, writes: "rows" }],
          problems: [],
        });
        const done = await upgrade(...on);
        expect(done.code).toBe(0);
        expect(done.text).toContain("the data of tiny fits the schema now; 1 row was written");
        expect(done.text).toContain("migration 001-labels goes over the rows of Tally");
        expect(await add(1, ...on)).toEqual(["rsp", 6]);

        const steps = await upgrade("--list", ...on);
        expect([steps.code, steps.text]).toEqual([
          0,
          expect.stringMatching(
            /--down can go 1 step back; \d+ bytes are kept for it\n {2}1\. schema .* Score \(1 row, /,
          ),
        ]);
        const back = await upgrade("--down", ...on);
        expect([back.code, back.text]).toEqual([2, expect.stringContaining("--drop Tally.label")]);
        expect((await upgrade("--down", "--drop", "Tally.label", ...on)).code).toBe(0);
        await compile(BEFORE);
        expect(await add(1, ...on)).toEqual(["rsp", 7]);
        if (server === undefined) {
          await compile(BEFORE.replace("namespace tiny", "namespace other"));
          await writeFile(join(project, "server/index.ts"), CODE.replace("/tiny/", "/other/"));
          const config = join(project, "same.json");
          await writeFile(config, JSON.stringify({ server: { instances: { tiny: "server/index.ts" } } }));
          const refusal = hetu("start", "--config", config, "--port", "0", "--metrics", "off", "--no-supervise");
          expect((await refusal.exited).code).toBe(2);
          expect(refusal.text).toContain(
            "the folder has rows of namespace tiny (Score), which schema other would not see",
          );
        }
      } finally {
        for (const program of running) await program.stop();
        await server?.stop();
      }
    });
  }

  it.each([
    ["up", "building", "an upgrade is not finished: --down undoes that one first, and goes no step back"],
    ["down", "building", "an upgrade with --down is not finished: --down goes on with that one first"],
    ["up", "cleaning", "the schema that it leads to holds already; --down deletes the rest first"],
  ] as const)("lists with the steps back that one (%s, %s) is unfinished", (direction, phase, told) => {
    const text = stepsText("tiny", [], { direction, phase, options: [] });
    expect(text).toContain("tiny: there is no step back");
    expect(text).toContain(told);
  });

  it("says how it is used, and refuses options that do not go together", { timeout: 60_000 }, async () => {
    const help = await upgrade("--help");
    expect(help.code).toBe(0);
    for (const part of ["Examples:", "Exit codes:", "--plan", "--drop", "--down", "--convert-lossy"]) {
      expect(help.text).toContain(part);
    }
    const reset = await upgrade("--reset-data", "--plan");
    expect([reset.code, reset.text]).toEqual([2, expect.stringContaining("--reset-data stands alone")]);
    const keep = await upgrade("--forget", "--keep", "all");
    expect([keep.code, keep.text]).toEqual([2, expect.stringContaining("write how many of the last steps stay")]);
    const wrong = await upgrade("--convert-lossy", "Score.points=best");
    expect([wrong.code, wrong.text]).toEqual([2, expect.stringContaining("write Component.column=default")]);
    const nothing = await upgrade();
    expect([nothing.code, nothing.text]).toEqual([
      0,
      expect.stringContaining(`tiny has no data yet in ${join(project, "data")}`),
    ]);
    await writeFile(join(project, "server/migrations/002-none.ts"), "export default { component: 5 };\n");
    const migration = await upgrade();
    expect([migration.code, migration.text]).toEqual([2, expect.stringMatching(/002-none\.ts exports no migration/)]);
  });
});
