import { describe, expect, it } from "vitest";
import { EmbeddedStore } from "../../../../runtime/store/embedded/embedded-store.js";
import { planEmbedded, upgradeEmbedded } from "../../../../runtime/store/embedded/upgrade.js";
import { parseConsents } from "../../../../runtime/store/migration/consents.js";
import { NoWayBackError } from "../../../../runtime/store/migration/errors.js";
import { MAX_STEPS_BACK } from "../../../../runtime/store/schema/stored-schema.js";
import { type PlainColumn, plainSchema, type PlainSchema } from "../plain-schema.js";
import { embeddedData, type MigratedData, redisData, type Values } from "./migrated-data.js";

const NAME: PlainColumn = { name: "name", type: "string(20)" };
const LEVEL: PlainColumn = { name: "level", type: "i32" };
const GUILD = { name: "Guild", columns: [NAME], indexes: [{ columns: ["name"], unique: true }] };
const schema = (...components: PlainSchema["components"]): PlainSchema => ({ components });

const FIRST = schema({ name: "User", columns: [NAME, LEVEL] }, GUILD);
/** Levels are clamped. */
const SECOND = schema({ name: "User", columns: [NAME, { ...LEVEL, type: "u8" }] }, GUILD);
/** Renamed, and a component goes. */
const THIRD = schema({ name: "Player", was: "User", columns: [NAME, { name: "rank", type: "u8", was: "level" }] });
/** A column goes. */
const FOURTH = schema({ name: "Player", columns: [{ name: "rank", type: "string(3)" }] });

const ROWS = [
  { name: "ann", level: 7 },
  { name: "bob", level: 300 },
];

async function values(data: MigratedData, of: PlainSchema, table: string): Promise<Values[]> {
  return (await data.rows(of, table)).map(({ id: _, ...rest }) => rest);
}

for (const [store, source] of [
  ["the embedded store", embeddedData],
  ["Redis", redisData],
] as const) {
  describe(`the way back on ${store}`, () => {
    const fresh = source();

    async function upgraded(): Promise<MigratedData> {
      const data = fresh();
      await data.insert(FIRST, "User", ROWS);
      await data.insert(FIRST, "Guild", [{ name: "west" }]);
      await data.upgrade(SECOND, { consents: parseConsents([], ["User.level=clamp"]) });
      await data.upgrade(THIRD, { consents: parseConsents(["Guild"]) });
      await data.upgrade(FOURTH, { consents: parseConsents(["Player.name"]) });
      return data;
    }

    it("goes step by step to where everything was, with rows that were changed meanwhile", async () => {
      const data = await upgraded();
      const [ann] = await data.rows(FOURTH, "Player");
      await data.assign(FOURTH, "Player", ann?.["id"] as bigint, { rank: "9" });
      await data.upgrade(FOURTH, { direction: "down" });
      expect(await values(data, THIRD, "Player")).toEqual([
        { name: "ann", rank: 9 },
        { name: "bob", rank: 255 },
      ]);
      await data.upgrade(FOURTH, { direction: "down" });
      expect(await values(data, SECOND, "Guild")).toEqual([{ name: "west" }]);
      await data.upgrade(FOURTH, { direction: "down" });
      expect(await values(data, FIRST, "User")).toEqual([
        { name: "ann", level: 9 },
        { name: "bob", level: 300 },
      ]);
      expect(await data.rows(FIRST, "Guild", 1)).toHaveLength(1);
      await expect(data.upgrade(FOURTH, { direction: "down" })).rejects.toThrow(NoWayBackError);
      expect(await data.steps()).toEqual([]);
    });

    it("may go another way up from a step, and back from there", async () => {
      const data = await upgraded();
      await data.upgrade(FOURTH, { direction: "down" });
      await data.upgrade(FOURTH, { direction: "down" });
      const other = schema({ name: "User", columns: [{ ...LEVEL, type: "i64" }] }, GUILD);
      await data.upgrade(other, { consents: parseConsents(["User.name"]) });
      await data.upgrade(other, { direction: "down" });
      await data.upgrade(other, { direction: "down" });
      expect(await values(data, FIRST, "User")).toEqual(ROWS);
    });

    it("tells its steps and what they keep, and forgets all but the newest on request", async () => {
      const data = await upgraded();
      const steps = await data.steps();
      expect(steps.map(({ kept }) => kept.map(({ table, rows }) => [table, rows]))).toEqual([
        [["Player", 2]],
        [["Guild", 1]],
        [["User", 2]],
      ]);
      for (const { at, kept } of steps) {
        expect(at).toBeGreaterThan(1e12);
        for (const { bytes } of kept) expect(bytes).toBeGreaterThan(20);
      }
      expect(await data.forget(1)).toBe(true);
      expect(await data.forget(1)).toBe(false);
      expect(await data.steps()).toEqual(steps.slice(0, 1));
      await data.upgrade(FOURTH, { direction: "down" });
      expect(await values(data, THIRD, "Player")).toMatchObject([{ name: "ann" }, { name: "bob" }]);
      await expect(data.upgrade(FOURTH, { direction: "down" })).rejects.toThrow(NoWayBackError);
    });

    it("keeps so many steps and no more", { timeout: 30_000 }, async () => {
      const data = fresh();
      await data.insert(FIRST, "User", ROWS);
      const types = ["i64", "i32"] as const;
      for (let i = 0; i < MAX_STEPS_BACK + 2; i++) {
        await data.upgrade(schema({ name: "User", columns: [NAME, { ...LEVEL, type: types[i % 2] ?? "i32" }] }, GUILD));
      }
      expect(await data.steps()).toHaveLength(MAX_STEPS_BACK);
    });
  });
}

describe("what the embedded store does by itself at a start", () => {
  const fresh = embeddedData();
  const more = schema(
    { name: "User", columns: [{ ...NAME, type: "string(30)" }, LEVEL, { name: "gold", type: "i64", default: 5n }] },
    GUILD,
    { name: "Item", columns: [NAME] },
  );

  it("can be undone by the way back, which asks for what was added", async () => {
    const data = fresh();
    await data.insert(FIRST, "User", ROWS);
    await data.insert(more, "User", [{ name: "cid", level: 1, gold: 9n }]);
    expect(await data.steps()).toMatchObject([{ schema: "plain", kept: [] }]);
    await expect(data.upgrade(more, { direction: "down" })).rejects.toThrow("--drop User.gold");
    await data.upgrade(more, { direction: "down", consents: parseConsents(["User.gold"]) });
    expect(await values(data, FIRST, "User")).toEqual([...ROWS, { name: "cid", level: 1 }]);
    expect(await data.steps()).toEqual([]);
  });

  it("is a step between two upgrades", async () => {
    const data = fresh();
    await data.insert(FIRST, "User", ROWS);
    await data.upgrade(SECOND, { consents: parseConsents([], ["User.level=clamp"]) });
    const added = schema({ name: "User", columns: [NAME, { ...LEVEL, type: "u8" }] }, GUILD, {
      name: "Item",
      columns: [NAME],
    });
    await data.rows(added, "User");
    await data.upgrade(added, { direction: "down" });
    expect(await values(data, SECOND, "User")).toMatchObject([{ level: 7 }, { level: 255 }]);
    await data.upgrade(added, { direction: "down" });
    expect(await values(data, FIRST, "User")).toEqual(ROWS);
  });

  it("is nothing where the rows are of another namespace, which would not be seen", async () => {
    const data = fresh();
    await data.insert(FIRST, "User", ROWS);
    const [, path = ""] = data.place;
    const other = { ...plainSchema(FIRST), namespace: "other" };
    const told = "the folder has rows of namespace plain (User), which schema other would not see";
    const store = EmbeddedStore.open({ path });
    expect(() => store.applySchema(other)).toThrow(told);
    // An upgrade cannot go elsewhere, as a server may.
    await expect(planEmbedded(path, other, {})).rejects.toThrow(/is in use by this process: stop it first$/);
    await store.close();
    expect(await planEmbedded(path, other, {})).toMatchObject({ status: "refused", problems: [{ allow: [] }] });
    await expect(upgradeEmbedded(path, other, {})).rejects.toThrow(told);
  });

  it("is no step when nothing changes, or only what is not stored", async () => {
    const data = fresh();
    await data.insert(FIRST, "User", ROWS);
    const [, path = ""] = data.place;
    const store = EmbeddedStore.open({ path });
    const [user, guild] = FIRST.components;
    const turned = plainSchema({ components: [guild, user].flatMap((each) => (each === undefined ? [] : [each])) });
    store.applySchema({ ...turned, fingerprint: "other", model: "{}" });
    await store.close();
    expect(await data.steps()).toEqual([]);
  });
});
