import { spawnSync } from "node:child_process";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import { describe, expect, it } from "vitest";
import { StoreUpgradeUnfinishedError } from "../../../../runtime/store/errors.js";
import { readContents } from "../../../../runtime/store/embedded/catalogue.js";
import { openLmdb } from "../../../../runtime/store/embedded/lmdb.js";
import { SPACE_BYTES, spaceKey } from "../../../../runtime/store/embedded/key-space.js";
import { spacesOf } from "../../../../runtime/store/migration/stored-after.js";
import { UpgradeUnfinishedError } from "../../../../runtime/store/redis/registry/errors.js";
import { LONGER } from "../../../longer.js";
import { Program } from "../../cli/program.js";
import { useChildProgram } from "../child-program.js";
import { AFTER, BEFORE, called, OTHERS, requestOf, USERS } from "./killed-upgrade.js";
import { embeddedData, type MigratedData, redisData, type Values } from "./migrated-data.js";

/** Every write of the embedded store is one of these. */
const WRITE = "const result = lmdb.transactionSync(write);";

const watched: Plugin = {
  name: "watched-writes",
  setup(builder) {
    builder.onLoad({ filter: /embedded\/lmdb\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      if (!source.includes(WRITE)) throw new Error(`${path} writes in another way than this test believes`);
      const contents = source.replace(WRITE, `onWrite("before"); ${WRITE} onWrite("after");`);
      return { contents, loader: "ts" };
    });
  },
};

const program = useChildProgram("test/runtime/store/migration/upgrade-child.ts", [watched]);

function without(rows: readonly Values[]): Values[] {
  return rows.map(({ id: _, ...values }) => values).sort((a, b) => Number(a["level"]) - Number(b["level"]));
}

const ROWS = USERS.length + OTHERS.length;
const PLAYERS = USERS.map(({ name, level }) => ({ nick: name, level: String(level), gold: 5n }));

async function expectAfter(data: MigratedData): Promise<void> {
  for (const index of [0, 1, 2]) {
    const players = await data.rows(AFTER, "Player", index);
    expect(players).toHaveLength(1000);
    for (const each of without(players)) expect(each).toEqual(PLAYERS[Number(each["level"])]);
  }
  const marks = OTHERS.map(({ level }) => ({ level: Number(level) + 1 }));
  expect(without(await data.rows(AFTER, "Marked", 1))).toEqual(marks);
}

async function expectBefore(data: MigratedData): Promise<void> {
  for (const index of [0, 1, 2]) {
    for (const each of without(await data.rows(BEFORE, "User", index))) {
      expect(each).toEqual(USERS[Number(each["level"])]);
    }
  }
  expect(without(await data.rows(BEFORE, "Gone"))).toEqual(OTHERS);
  expect(without(await data.rows(BEFORE, "Marked"))).toEqual(OTHERS);
}

/** Whether a server serves what is there; what it serves is whole. */
async function isServed(served: Promise<void>): Promise<boolean> {
  try {
    await served;
    return true;
  } catch (error) {
    if (error instanceof StoreUpgradeUnfinishedError || error instanceof UpgradeUnfinishedError) return false;
    throw error;
  }
}

/** Nothing is in the folder that the catalogue does not know. */
async function expectNothingLeft([, path = ""]: readonly string[]): Promise<void> {
  const lmdb = openLmdb(path);
  const { namespaces, upgrade } = readContents(lmdb);
  const known = new Set(
    Object.values(namespaces)
      .flatMap((namespace) => spacesOf(namespace))
      .flatMap(({ rows, indexes }) => [rows, ...indexes]),
  );
  for (const key of lmdb.getKeys({ start: spaceKey(1, new Uint8Array(0)) })) {
    const space = Buffer.from(key).readUIntBE(0, SPACE_BYTES);
    if (!known.has(space)) throw new Error(`space ${space} was left behind`);
  }
  expect(upgrade).toBeUndefined();
  await lmdb.close();
}

describe.skipIf(process.platform === "win32")("an upgrade on the embedded store whose disk is full", () => {
  const fresh = embeddedData();

  it("says so, loses nothing, and goes on once there is room", { timeout: 60_000 }, async () => {
    const data = fresh();
    await data.insert(BEFORE, "User", USERS);
    await data.insert(BEFORE, "Gone", OTHERS);
    await data.insert(BEFORE, "Marked", OTHERS);
    const [, path = ""] = data.place;
    const { size } = await stat(join(path, "data.mdb"));
    // No file may be larger; what is free within it does not suffice.
    const limits = `trap "" XFSZ; ulimit -f ${Math.ceil(size / 1024) + 40}; exec "$@"`;
    const words = [process.execPath, program(), "up", "1000", "before", ...data.place];
    const { status, stderr } = spawnSync("bash", ["-c", limits, "bash", ...words], { encoding: "utf8" });
    expect([status, stderr]).toEqual([1, expect.stringContaining("is the disk full?")]);
    expect((await data.plan(AFTER, requestOf("up"))).status).toBe("unfinished");
    expect(await data.upgrade(AFTER, requestOf("up"))).toMatchObject({ status: "upgraded", resumed: true });
    await expectAfter(data);
  });
});

/** `middle` is an operation before which some rows are written, and not all. */
for (const [store, source, most, middle] of [
  ["the embedded store", embeddedData, 26, 4],
  ["Redis", redisData, 70, 30],
] as const) {
  describe(`an upgrade on ${store} that is killed at any operation`, () => {
    const fresh = source();
    const rounds = 2 * LONGER;

    it(
      "is finished by the next one, there and back, and nothing is served meanwhile",
      { timeout: 60_000 * LONGER },
      async () => {
        let [killed, wentOn] = [0, 0];
        for (let round = 0; round < rounds; round++) {
          const data = fresh();
          await data.insert(BEFORE, "User", USERS);
          await data.insert(BEFORE, "Gone", OTHERS);
          await data.insert(BEFORE, "Marked", OTHERS);
          for (const direction of ["up", "down"] as const) {
            const isFirst = round === 0 && direction === "up";
            const at = isFirst ? middle : 1 + Math.floor(Math.random() * most);
            const moment = isFirst || Math.random() < 0.5 ? "before" : "after";
            const what = `round ${round}: ${direction}, killed ${moment} operation ${at}`;
            const child = new Program(program(), [direction, String(at), moment, ...data.place]);
            const { code, signal } = await child.exited;
            expect([code, signal], `${what}\n${child.text}`).toContain(signal === null ? 0 : "SIGKILL");
            if (signal !== null) killed++;
            const [reach, other] = direction === "up" ? [expectAfter, expectBefore] : [expectBefore, expectAfter];
            const plan = await data.plan(AFTER, requestOf(direction)).catch(() => undefined);
            const isOver = plan?.status === "unchanged" || (direction === "down" && plan === undefined);
            if (plan?.status === "unfinished") expect(await isServed(reach(data)), what).toBe(false);
            else await (isOver ? reach(data) : other(data));
            if (!(direction === "down" && isOver)) {
              called.rows = 0;
              const report = await data.upgrade(AFTER, requestOf(direction));
              expect(report.resumed, what).toBe(plan?.status === "unfinished");
              expect(report.anew, what).toBeUndefined();
              // Of those that were written by then none is converted again.
              if (report.changes.length > 0) expect(report.rows + report.rowsBefore, what).toBe(ROWS);
              expect(called.rows, what).toBe(report.rows);
              if (report.rowsBefore > 0) wentOn++;
            }
            await reach(data);
            if (data.place[0] === "embedded") await expectNothingLeft(data.place);
          }
        }
        expect(killed).toBeGreaterThan(0);
        expect(wentOn).toBeGreaterThan(0);
      },
    );
  });
}
