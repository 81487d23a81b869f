import { describe, expect, it } from "vitest";
import { ConsentError, parseConsents } from "../../../../runtime/store/migration/consents.js";
import {
  MigrationFailedError,
  NoWayBackError,
  UpgradeRefusedError,
} from "../../../../runtime/store/migration/errors.js";
import { defineMigration, type NamedMigration } from "../../../../runtime/store/migration/migration.js";
import type { PlainColumn, PlainComponent, PlainSchema } from "../plain-schema.js";
import { embeddedData, redisData, type MigratedData, type Values } from "./migrated-data.js";

const NAME: PlainColumn = { name: "name", type: "string(20)" };
const LEVEL: PlainColumn = { name: "level", type: "i32" };
const TEAM: PlainColumn = { name: "team", type: "Team" };
const BY_NAME = { columns: ["name"], unique: true };

function user(columns: readonly PlainColumn[], more: Partial<PlainComponent> = {}): PlainSchema {
  return { components: [{ name: "User", columns, ...more }], team: { red: 0, blue: 1 } };
}

const BEFORE = user([NAME, LEVEL, TEAM], { indexes: [BY_NAME] });
const ROWS = [
  { name: "ann", level: 3, team: "red" },
  { name: "bob", level: 300, team: "blue" },
];

async function filled(data: MigratedData, schema = BEFORE, rows: readonly Values[] = ROWS): Promise<MigratedData> {
  await data.insert(schema, schema.components[0]?.name ?? "", rows);
  return data;
}

async function values(data: MigratedData, schema: PlainSchema, table: string, index = 0): Promise<Values[]> {
  return (await data.rows(schema, table, index)).map(({ id: _, ...rest }) => rest);
}

/** What an upgrade that is refused says. */
async function refusal(asked: Promise<unknown>): Promise<string> {
  const error: unknown = await asked.catch((reason: unknown) => reason);
  if (!(error instanceof UpgradeRefusedError)) throw error;
  return error.message;
}

function named(name: string, migration: Parameters<typeof defineMigration>[0]): NamedMigration {
  return { ...defineMigration(migration), name };
}

for (const [store, source] of [
  ["the embedded store", embeddedData],
  ["Redis", redisData],
] as const) {
  describe(`an upgrade on ${store}`, () => {
    const fresh = source();

    it("has nothing to do where there is no data, and where the data fits", async () => {
      const data = fresh();
      expect((await data.plan(BEFORE)).status).toBe("empty");
      expect((await data.upgrade(BEFORE)).status).toBe("empty");
      await filled(data);
      expect((await data.plan(BEFORE)).status).toBe("unchanged");
      expect(await data.upgrade(BEFORE)).toEqual({
        status: "unchanged",
        changes: [],
        rows: 0,
        rowsBefore: 0,
        resumed: false,
      });
    });

    it("renames components and columns without writing a row, and keeps their indexes", async () => {
      const data = await filled(fresh());
      const after: PlainSchema = {
        ...BEFORE,
        components: [
          {
            name: "Player",
            was: "User",
            columns: [{ ...NAME, name: "nick", was: "name" }, LEVEL, TEAM],
            indexes: [{ columns: ["nick"], unique: true }],
          },
        ],
      };
      const plan = await data.plan(after);
      expect(plan.changes.map(({ kind }) => kind)).toEqual(["component-renamed", "column-renamed"]);
      expect(plan.tables).toEqual([{ table: "Player", rows: 2, writes: "none" }]);
      expect((await data.upgrade(after)).rows).toBe(0);
      const renamed = ROWS.map(({ name, ...rest }) => ({ nick: name, ...rest }));
      expect(await values(data, after, "Player", 1)).toEqual(renamed);
      await data.upgrade(after, { direction: "down" });
      expect(await values(data, BEFORE, "User", 1)).toEqual(ROWS);
    });

    it("converts enums by the names of their values, and refuses to take one away that a row holds", async () => {
      const data = await filled(fresh());
      const renumbered = { ...BEFORE, team: { blue: 0, red: 9 } };
      await data.upgrade(renumbered);
      expect(await values(data, renumbered, "User")).toEqual(ROWS);
      const without = { ...BEFORE, team: { red: 9 } };
      const said = await refusal(data.upgrade(without));
      expect(said).toMatch(/column User\.team .* 1 row has a value that does not fit: row \d+ has "blue"/);
      expect(said).toContain("to allow it: --convert-lossy User.team=default");
      await data.upgrade(without, { consents: parseConsents([], ["User.team=default"]) });
      expect((await values(data, without, "User")).map(({ team }) => team)).toEqual(["red", "red"]);
    });

    it("looks at each value that a narrower column has to hold, and names those that do not fit", async () => {
      const data = await filled(fresh());
      const narrow = user([NAME, { ...LEVEL, type: "u8" }, TEAM], { indexes: [BY_NAME] });
      const said = await refusal(data.upgrade(narrow));
      expect(said).toMatch(/column User\.level was i32 and is now u8, and 1 row has .* row \d+ has 300/);
      expect(said).toContain("to allow it: --convert-lossy User.level=default");
      expect(said).toContain("or:          --convert-lossy User.level=clamp");
      expect((await data.plan(narrow)).status).toBe("refused");
      // All that is in the way is told at once, what the rows have against it as well.
      const less = user([NAME, { ...LEVEL, type: "u8" }], { indexes: [BY_NAME] });
      const { problems } = await data.plan(less);
      expect(problems.map(({ member }) => member)).toEqual(["team", "level"]);
      await expect(data.upgrade(less)).rejects.toMatchObject({ problems });
      expect(await values(data, BEFORE, "User")).toEqual(ROWS);
      await data.upgrade(narrow, { consents: parseConsents([], ["User.level=clamp"]) });
      expect((await values(data, narrow, "User")).map(({ level }) => level)).toEqual([3, 255]);
      const wider = { direction: "down", consents: parseConsents([], ["User.level=clamp"]) } as const;
      await expect(data.upgrade(narrow, wider)).rejects.toThrow("allows what is not about to happen");
    });

    it("drops columns and components only by name, and gives them back on the way down", async () => {
      const other: PlainComponent = { name: "Guild", columns: [NAME], indexes: [BY_NAME] };
      const before = { ...BEFORE, components: [...BEFORE.components, other] };
      const data = await filled(fresh(), before);
      await data.insert(before, "Guild", [{ name: "west" }]);
      const after = user([NAME, LEVEL], { indexes: [BY_NAME] });
      const said = await refusal(data.upgrade(after));
      expect(said).toContain("column User.team is gone; its values would be lost\n    to allow it: --drop User.team");
      expect(said).toContain("component Guild is gone; its rows would be lost\n    to allow it: --drop Guild");
      await data.upgrade(after, { consents: parseConsents(["User.team", "Guild"]) });
      const [ann] = await data.rows(after, "User");
      await data.assign(after, "User", ann?.["id"] as bigint, { level: 4 });
      await data.insert(after, "User", [{ name: "cid", level: 1 }]);
      await data.upgrade(after, { direction: "down" });
      expect(await values(data, before, "User")).toEqual([
        { name: "ann", level: 4, team: "red" },
        { name: "bob", level: 300, team: "blue" },
        { name: "cid", level: 1, team: "red" },
      ]);
      expect(await values(data, before, "Guild", 1)).toEqual([{ name: "west" }]);
    });

    it("asks by name before the way down takes away what is new, and goes down once", async () => {
      const data = await filled(fresh());
      const after = user([NAME, LEVEL, TEAM, { name: "note", type: "string(8)" }], { indexes: [BY_NAME] });
      await data.upgrade(after);
      expect(await refusal(data.upgrade(after, { direction: "down" }))).toContain("--drop User.note");
      await data.upgrade(after, { direction: "down", consents: parseConsents(["User.note"]) });
      expect(await values(data, BEFORE, "User")).toEqual(ROWS);
      await expect(data.upgrade(BEFORE, { direction: "down" })).rejects.toThrow(NoWayBackError);
    });

    it("forgets on request what it has kept, and then has no way back", async () => {
      const data = await filled(fresh());
      const after = user([NAME, LEVEL], { indexes: [BY_NAME] });
      await data.upgrade(after, { consents: parseConsents(["User.team"]) });
      expect(await data.forget()).toBe(true);
      expect(await data.forget()).toBe(false);
      await expect(data.upgrade(after, { direction: "down" })).rejects.toThrow(NoWayBackError);
      expect(await values(data, after, "User", 1)).toHaveLength(2);
    });

    it("names two rows that a new unique index would hold under one key", async () => {
      const data = await filled(fresh(), user([NAME, LEVEL, TEAM]), [...ROWS, { name: "ann", level: 0, team: "red" }]);
      const said = await refusal(data.upgrade(BEFORE));
      expect(said).toMatch(/User would be unique by name, but rows \d+ and \d+ have the same values/);
      expect((await data.plan(BEFORE)).problems).toMatchObject([{ component: "User", member: "name" }]);
    });

    it("fills a new column without a default with the zero of its type, and empties what is volatile", async () => {
      const data = await filled(fresh());
      const after = user([NAME, LEVEL, TEAM, { name: "gold", type: "i64" }, { name: "note", type: "string(9)" }]);
      expect((await data.plan(after)).changes.map(({ description }) => description)).toContain(
        "column User.gold is new; the rows that exist get 0, the zero of i64",
      );
      await data.upgrade(after);
      expect(await values(data, after, "User")).toEqual(ROWS.map((row) => ({ ...row, gold: 0n, note: "" })));
      const volatile = { ...after, components: after.components.map((each) => ({ ...each, volatile: true })) };
      expect(await refusal(data.upgrade(volatile))).toContain(
        "User is now @volatile, so its rows are deleted; they would be lost\n    to allow it: --drop User",
      );
      const plan = await data.plan(volatile, { consents: parseConsents(["User"]) });
      expect(plan).toMatchObject({ status: "possible", tables: [{ table: "User", rows: 2, writes: "cleared" }] });
      await data.upgrade(volatile, { consents: parseConsents(["User"]) });
      expect(await values(data, volatile, "User")).toEqual([]);
      await data.upgrade(volatile, { direction: "down" });
      expect(await values(data, after, "User")).toEqual([]);
    });

    it("refuses options that allow what does not happen", async () => {
      const data = await filled(fresh());
      const after = user([NAME, LEVEL], { indexes: [BY_NAME] });
      const asked = data.upgrade(after, { consents: parseConsents(["User.team", "User.tame"]) });
      await expect(asked).rejects.toThrow(ConsentError);
      await expect(asked).rejects.toThrow(
        "--drop User.tame allows what is not about to happen: look with --plan, and take it away",
      );
      const slips = data.upgrade(after, { consents: parseConsents(["User.teem", "Guild"], ["User.leve=clamp"]) });
      await expect(slips).rejects.toThrow(/--drop User\.teem allows .* did you mean --drop User\.team\?/);
      await expect(slips).rejects.toThrow(/--convert-lossy User\.leve=clamp allows what is not about to happen/);
      expect(() => parseConsents([], ["User.level=nearest"])).toThrow("write Component.column=default");
    });

    it("runs migrations of the project over each row, once and in order, and back", async () => {
      const data = await filled(fresh());
      const after = user([
        { name: "title", type: "string(30)" },
        { name: "level", type: "i64" },
        { name: "team", type: "Team" },
      ]);
      const migrations = [
        named("002-shout", {
          component: "User",
          up: (row) => ({ ...row, title: `${String(row["title"])}!` }),
          down: (row) => ({ ...row, title: String(row["title"]).slice(0, -1) }),
        }),
        named("001-title", {
          component: "User",
          drops: ["name"],
          up: ({ name, ...row }, { table }) => Promise.resolve({ ...row, title: `${String(name)} of ${table}` }),
          down: (row) => ({ ...row, name: String(row["title"]).split(" ")[0] }),
        }),
      ];
      expect((await data.plan(after, { migrations })).status).toBe("possible");
      await data.upgrade(after, { migrations });
      expect(await values(data, after, "User")).toEqual([
        { title: "ann of User!", level: 3n, team: "red" },
        { title: "bob of User!", level: 300n, team: "blue" },
      ]);
      expect((await data.upgrade(after, { migrations })).status).toBe("unchanged");
      const drop = parseConsents(["User.title"]);
      const without = await refusal(data.upgrade(after, { direction: "down", consents: drop }));
      expect(without).toContain("migration 002-shout is not in the folder migrations");
      await data.upgrade(after, { migrations, direction: "down", consents: drop });
      expect(await values(data, BEFORE, "User", 1)).toEqual(ROWS);
    });

    it("lets a migration delete rows, and change values under their old names", async () => {
      const data = await filled(fresh());
      const after = user([{ ...NAME, name: "nick", was: "name" }, LEVEL, TEAM]);
      const up: NamedMigration["up"] = (row) =>
        row["level"] === 3 ? undefined : { ...row, name: "rob", level: Number(row["level"]) + 1 };
      await data.upgrade(after, { migrations: [named("a", { component: "User", up })] });
      expect(await values(data, after, "User")).toEqual([{ nick: "rob", level: 301, team: "blue" }]);
    });

    it("lets a migration read all tables as they were", async () => {
      const guild: PlainComponent = { name: "Guild", columns: [NAME, { name: "chief", type: "i64" }] };
      const before = { ...BEFORE, components: [...BEFORE.components, guild] };
      const data = await filled(fresh(), before);
      const [ann, bob] = await data.rows(before, "User");
      const chief = bob?.["id"] as bigint;
      await data.insert(before, "Guild", [{ name: "west", chief }]);
      const after = {
        ...BEFORE,
        components: [...user([LEVEL, { name: "guild", type: "string(20)" }]).components, guild],
      };
      const asked: string[] = [];
      const up: NamedMigration["up"] = async ({ name: _, ...row }, { id, rows, row: one }) => {
        for await (const each of rows("Guild")) {
          const other = await one("User", each["chief"] as bigint);
          asked.push(`${String(other?.["name"])} ${String(other?.["level"])}`);
          if (each["chief"] === id) return { ...row, guild: each["name"] };
        }
        return (await one("User", 1n)) === undefined ? row : undefined;
      };
      const drops = ["name", "team"];
      await data.upgrade(after, { migrations: [named("guilds", { component: "User", drops, up })] });
      expect(await values(data, after, "User")).toEqual([
        { level: 3, guild: "" },
        { level: 300, guild: "west" },
      ]);
      expect([ann?.["name"], ...asked]).toEqual(["ann", "bob 300", "bob 300"]);
      const wrong: NamedMigration["up"] = async (_, { row }) => row("Gild", 1n);
      await expect(
        data.upgrade(after, { migrations: [named("wrong", { component: "User", up: wrong })] }),
      ).rejects.toThrow("there is no table Gild in the data: name one of User, Guild");
    });

    it("names migration, component and row when a migration fails, and has changed nothing", async () => {
      const data = await filled(fresh());
      const run = (up: NamedMigration["up"]): Promise<unknown> =>
        data.upgrade(BEFORE, { migrations: [named("007-bad", { component: "User", up })] });
      const [ann] = await data.rows(BEFORE, "User");
      const where = `migration 007-bad has failed at row ${String(ann?.["id"])} of User`;
      const failing = run(() => {
        throw new Error("no such thing");
      });
      await expect(failing).rejects.toThrow(MigrationFailedError);
      await expect(failing).rejects.toThrow(where);
      await expect(failing).rejects.toThrow("no such thing");
      await expect(run((row) => ({ ...row, level: "x" }))).rejects.toThrow('column level of type i32 cannot be "x"');
      await expect(run((row) => ({ ...row, levle: 1 }))).rejects.toThrow("there is no column levle");
      await expect(run((row) => ({ ...row, id: 1n }))).rejects.toThrow("another id");
      await expect(run((row) => ({ ...row, level: 3n }))).rejects.toThrow(
        "cannot be 3n; only 64-bit integers are bigint",
      );
      await expect(run(() => [] as never)).rejects.toThrow("it returned an array; return the row as an object");
      const silent: NamedMigration["up"] = () => new Promise(() => undefined);
      const hanging = { patience: 10, migrations: [named("007-bad", { component: "User", up: silent })] };
      await expect(data.upgrade(BEFORE, hanging)).rejects.toThrow("it has not answered for 0.01 s");
      expect(await values(data, BEFORE, "User")).toEqual(ROWS);
    });

    it("runs a migration for another schema not at all, unless it is left out by name", async () => {
      const data = await filled(fresh());
      const migrations = [named("old", { component: "User", from: "another", up: (row) => row })];
      const said = await refusal(data.upgrade(BEFORE, { migrations }));
      expect(said).toContain("migration old is for data of schema another, and this is of plain");
      expect(said).toContain("--skip old");
      await data.upgrade(BEFORE, { migrations, consents: parseConsents([], [], ["old"]) });
    });

    it("names the components that there are when a migration is for none of them", async () => {
      const data = await filled(fresh());
      const migrations = [named("old", { component: "Usr", up: (row) => row })];
      await expect(data.upgrade(BEFORE, { migrations })).rejects.toThrow(
        "component Usr, which the schema does not have: name one of User",
      );
    });

    it("tells how far it is", async () => {
      const rows = Array.from({ length: 2500 }, (_, i) => ({ name: `n${i}`, level: i, team: "red" }));
      const data = await filled(fresh(), BEFORE, rows);
      const told: number[] = [];
      const after = user([NAME, { ...LEVEL, type: "i64" }, TEAM], { indexes: [BY_NAME] });
      await data.upgrade(after, {
        onProgress({ table, rows: done, total }) {
          expect([table, total]).toEqual(["User", 2500]);
          told.push(done);
        },
      });
      expect(told.length).toBeGreaterThan(1);
      expect(told.at(-1)).toBe(2500);
    });
  });
}
