import { describe, expect, it } from "vitest";
import { parseConsents } from "../../../../runtime/store/migration/consents.js";
import { UpgradeRefusedError } from "../../../../runtime/store/migration/errors.js";
import type { NamedMigration } from "../../../../runtime/store/migration/migration.js";
import type { UpgradeRequest } from "../../../../runtime/store/migration/request.js";
import type { ResumeNote } from "../../../../runtime/store/migration/resume.js";
import type { PlainColumn, PlainSchema } from "../plain-schema.js";
import { embeddedData, type MigratedData, redisData, type Values } from "./migrated-data.js";

const COUNT = 2300;
const LEVEL: PlainColumn = { name: "level", type: "i32" };
const NAME: PlainColumn = { name: "name", type: "string(20)" };
const by = (unique: boolean): PlainSchema["components"][number]["indexes"] => [{ columns: ["level"], unique }];
const BEFORE: PlainSchema = { components: [{ name: "User", columns: [LEVEL, NAME] }] };
const AFTER: PlainSchema = {
  components: [{ name: "User", columns: [{ ...LEVEL, type: "i64" }, NAME], indexes: by(true) }],
};
const NARROW: PlainSchema = { components: [{ name: "User", columns: [{ ...LEVEL, type: "u8" }, NAME] }] };

const rowsOf = (count: number): Values[] => Array.from({ length: count }, (_, level) => ({ level, name: `n${level}` }));

function counting(code: string | undefined): { readonly migration: NamedMigration; readonly called: () => number } {
  let calls = 0;
  const up: NamedMigration["up"] = (row) => {
    calls++;
    return row;
  };
  const migration = { name: "001-count", component: "User", up, ...(code === undefined ? {} : { code }) };
  return { migration, called: () => calls };
}

for (const [store, source] of [
  ["the embedded store", embeddedData],
  ["Redis", redisData],
] as const) {
  describe(`an upgrade on ${store} that was interrupted while it wrote`, () => {
    const fresh = source();

    async function filled(rows = rowsOf(COUNT)): Promise<MigratedData> {
      const data = fresh();
      await data.insert(BEFORE, "User", rows);
      return data;
    }

    async function resume(data: MigratedData, schema: PlainSchema, request: UpgradeRequest) {
      const notes: ResumeNote[] = [];
      const report = await data.upgrade(schema, { ...request, onResume: (note) => notes.push(note) });
      return { report, notes };
    }

    it("goes on at the row where it was, and tells it", { timeout: 20_000 }, async () => {
      const data = await filled();
      const { migration, called } = counting("1");
      const request = { migrations: [migration], version: "7" };
      await data.interrupt(AFTER, 1000, request);
      const before = called();
      const { report, notes } = await resume(data, AFTER, request);
      const [note] = notes;
      expect(notes).toEqual([{ kind: "goes on", table: "User", rows: report.rowsBefore, total: COUNT }]);
      expect(report).toMatchObject({ status: "upgraded", resumed: true, rows: COUNT - report.rowsBefore });
      expect(note?.kind === "goes on" && note.rows).toBeGreaterThanOrEqual(500);
      expect(called() - before).toBe(report.rows);
      expect((await data.rows(AFTER, "User", 1)).map(({ level }) => level)).toEqual(
        Array.from({ length: 1000 }, (_, i) => BigInt(i)),
      );
    });

    it("begins anew when it is another one, and says why", { timeout: 60_000 }, async () => {
      const other: PlainSchema = { components: [{ name: "User", columns: [{ ...LEVEL, type: "f64" }, NAME] }] };
      const known = { migrations: [counting("1").migration], version: "7" };
      const cases: readonly (readonly [PlainSchema, UpgradeRequest, string])[] = [
        [AFTER, { ...known, migrations: [counting("2").migration] }, "migration 001-count was changed since"],
        [AFTER, { ...known, migrations: [] }, "migration 001-count no longer runs"],
        [AFTER, { ...known, version: "8" }, "the interrupted one was of hetu 7, and this is 8"],
        [other, known, "it was asked for with other options"],
      ];
      const data = await filled();
      for (const [schema, request, reason] of cases) {
        await data.interrupt(AFTER, 1000, known);
        const { report, notes } = await resume(data, schema, request);
        expect(notes).toEqual([{ kind: "begins anew", reason }]);
        expect(report).toMatchObject({ rows: COUNT, rowsBefore: 0, resumed: true, anew: reason });
        expect(await data.rows(schema, "User")).toHaveLength(1000);
        await data.upgrade(schema, {
          direction: "down",
          migrations: [{ ...counting("1").migration, down: (row) => row }],
        });
      }
      await data.interrupt(AFTER, 1000, { migrations: [counting(undefined).migration] });
      const { notes } = await resume(data, AFTER, { migrations: [counting(undefined).migration] });
      expect(notes).toEqual([
        { kind: "begins anew", reason: "it is not known whether migration 001-count is as it was" },
      ]);
    });

    it("remembers what stood in the way before, and forgets the rows then", { timeout: 20_000 }, async () => {
      const data = await filled([{ level: 300, name: "a" }, ...rowsOf(1500).map((row) => ({ ...row, level: 1 }))]);
      await data.interrupt(NARROW, 1000);
      const unique: PlainSchema = { components: NARROW.components.map((each) => ({ ...each, indexes: by(true) })) };
      await expect(data.upgrade(NARROW)).rejects.toThrow(/1 row has a value that does not fit: row \d+ has 300/);
      await data.interrupt(unique, 1000);
      await expect(data.upgrade(unique)).rejects.toThrow("have the same values");
      expect((await data.plan(BEFORE)).status).toBe("unchanged");
      expect(await data.rows(BEFORE, "User")).toHaveLength(1000);
      // Of what was refused nothing is left to be mistaken for a part of the next one.
      await data.interrupt(NARROW, 1000, { consents: parseConsents([], ["User.level=clamp"]) });
      const { notes } = await resume(data, NARROW, { consents: parseConsents([], ["User.level=default"]) });
      expect(notes).toEqual([{ kind: "begins anew", reason: "it was asked for with other options" }]);
      expect((await data.rows(NARROW, "User"))[0]).toMatchObject({ level: 0 });
    });

    it("is not lost to one that is refused, and is undone by --down", { timeout: 20_000 }, async () => {
      const data = await filled();
      const without: PlainSchema = { components: [{ name: "User", columns: [LEVEL] }] };
      const consents = parseConsents(["User.name"]);
      await data.interrupt(without, 1000, { consents, version: "7" });
      await expect(data.upgrade(without)).rejects.toThrow(UpgradeRefusedError);
      await expect(data.forget()).rejects.toThrow("hetu upgrade --drop User.name");
      await expect(data.rows(without, "User")).rejects.toMatchObject({
        unfinished: { phase: "building", direction: "up", options: ["--drop User.name"] },
        message: expect.stringMatching(/to go on with it: hetu upgrade .*--drop User\.name\n/) as string,
      });
      expect(await data.unfinished()).toMatchObject({
        phase: "building",
        direction: "up",
        options: ["--drop User.name"],
      });
      const other = parseConsents(["User.level"]);
      for (const [request, next] of [
        [{ version: "7" }, { kind: "goes on", table: "User", total: COUNT }],
        [{ version: "8" }, { kind: "begins anew", reason: "the interrupted one was of hetu 7, and this is 8" }],
        [{ consents: other }, { kind: "is refused" }],
        [{ direction: "down" }, { kind: "is undone" }],
      ] as const) {
        const { status, unfinished } = await data.plan(without, request);
        expect([status, unfinished?.options, unfinished?.next]).toMatchObject([
          "unfinished",
          ["--drop User.name"],
          next,
        ]);
      }
      const { unfinished } = await data.plan(without, { version: "7" });
      const { report, notes } = await resume(data, without, { consents, version: "7" });
      expect(notes).toEqual([unfinished?.next]);
      expect(report.rowsBefore).toBeGreaterThan(0);
      await data.interrupt(without, 1000, { direction: "down" });
      expect((await data.plan(without)).unfinished).toMatchObject({ direction: "down", next: { kind: "goes on" } });
      expect(await data.upgrade(without)).toMatchObject({ status: "undone", undone: "down" });
      await data.interrupt(BEFORE, 1000, { migrations: [counting("1").migration] });
      expect(await data.upgrade(BEFORE, { direction: "down" })).toMatchObject({
        status: "undone",
        undone: "up",
        rows: 0,
      });
      expect(await data.unfinished()).toBeUndefined();
      expect((await data.plan(without)).status).toBe("unchanged");
      expect(Object.keys((await data.rows(without, "User"))[0] ?? {})).toEqual(["id", "level"]);
    });
  });
}
