import { describe, expect, it } from "vitest";
import type { RedisLink } from "../../../../runtime/store/redis/link.js";
import { openCatalogue } from "../../../../runtime/store/redis/registry/catalogue.js";
import { UpgradeUnfinishedError } from "../../../../runtime/store/redis/registry/errors.js";
import { RedisFormatError, StoredSchemaError } from "../../../../runtime/store/redis/registry/start-errors.js";
import { useRedis } from "../../../redis/index.js";
import { A, B, C, number, type Placed, placed } from "./placed-schema.js";
import { TAG, useProcesses } from "./registry-world.js";

const redis = useRedis();
const run = useProcesses();

async function open(link: RedisLink, ...components: readonly Placed[]): Promise<Record<number, string[]>> {
  const layout = await openCatalogue({ link, tag: TAG, store: "redis://here" }, placed(...components));
  const own = layout.partitions.map(({ number: partition, tables }) => {
    expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(["core.Once", "core.Connection"]));
    return [partition, tables.map(({ name }) => name).filter((name) => !name.startsWith("core."))];
  });
  return Object.fromEntries(own) as Record<number, string[]>;
}

async function differences(link: RedisLink, ...components: readonly Placed[]): Promise<readonly string[]> {
  const error: unknown = await open(link, ...components).catch((reason: unknown) => reason);
  if (!(error instanceof StoredSchemaError)) throw error;
  expect(error.message).toContain("hetu upgrade --store redis://here");
  return error.changes.map(({ description }) => description);
}

describe("the catalogue", () => {
  it("gives each cluster a partition and each table and index a space", async () => {
    const { link } = await run((await redis.server()).url);
    const indexed = { ...B, indexes: [{ columns: ["number"], unique: true }] };
    expect(await open(link, A, indexed, C)).toEqual({ 0: ["A"], 1: ["B"], 2: ["C"] });
    const layout = await openCatalogue({ link, tag: TAG, store: "" }, placed(A, indexed, C));
    const tables = layout.partitions.flatMap((partition) =>
      partition.tables.filter(({ name }) => !name.startsWith("core.")),
    );
    const spaces = tables.flatMap(({ indexSpaces }) => indexSpaces);
    expect(new Set(spaces).size).toBe(4);
    expect(tables.every(({ space, indexSpaces }) => indexSpaces[0] === space)).toBe(true);
    expect(layout.partitions[1]?.tag).toBe("{hetu:game:1}");
  });

  it("is written by one of several processes that start at once", async () => {
    const { url } = await redis.server();
    const links = await Promise.all([run(url), run(url), run(url)]);
    const found = await Promise.all(links.map(({ link }) => open(link, A, B)));
    expect(found).toEqual([found[0], found[0], found[0]]);
  });

  it("keeps the home on the default store", async () => {
    const { link } = await run((await redis.server()).url);
    expect(await open(link, { ...A, backend: "big" }, B)).toEqual({ 0: ["B"], 1: ["A"] });
  });

  it("does not mind other code and other numbers of clusters", async () => {
    const { link } = await run((await redis.server()).url);
    const before = await open(link, A, B);
    expect(await open(link, { ...B, cluster: 0 }, { ...A, cluster: 1 })).toEqual(before);
  });

  it("leaves tables together that the schema would part", async () => {
    const { link } = await run((await redis.server()).url);
    await open(link, A, { ...B, cluster: 0 });
    expect(await open(link, A, B)).toEqual({ 0: ["A", "B"] });
  });

  it("names every difference", async () => {
    const { link } = await run((await redis.server()).url);
    const text = { name: "text", type: "string(8)", default: "" } as const;
    const side = { name: "side", type: "string(4)" } as const;
    await open(link, { ...A, columns: [number, side] }, { ...B, indexes: [{ columns: ["number"], unique: false }] }, C);
    const changed = { ...A, columns: [text, { name: "number", type: "i64" } as const] };
    const together = { ...B, indexes: [{ columns: ["number"], unique: true }], volatile: true };
    expect(await differences(link, changed, together, { ...A, name: "D" })).toEqual([
      "column A.side is gone",
      'column A.text is new; the rows that exist get its default, ""',
      "column A.number was i32 and is now i64",
      "B is now @volatile, so its rows are deleted",
      "the index of B on number is now unique",
      "component D is new",
      "component C is gone",
    ]);
  });

  it("takes tables that a new system uses together for a difference when they lie apart", async () => {
    const { link } = await run((await redis.server()).url);
    await open(link, A, B);
    expect(await differences(link, A, { ...B, cluster: 0 })).toEqual([
      "B has to lie together with A, which systems use in one transaction",
    ]);
    expect(await differences(link, A, { ...B, backend: "big" })).toEqual([
      "B has to move from the default store to backend big",
    ]);
  });

  it("refuses another layout of keys, and what HeTu has not written", async () => {
    const { link } = await run((await redis.server()).url);
    await link.command("SET", `${TAG}:catalogue`, ['{"format":99}']);
    await expect(open(link, A)).rejects.toThrow(RedisFormatError);
    await expect(open(link, A)).rejects.toThrow("format 99");
    await link.command("SET", `${TAG}:catalogue`, ["hello"]);
    await expect(open(link, A)).rejects.toThrow("HeTu did not write");
  });

  it("is not read, and nobody joins, while an upgrade is not finished", async () => {
    const { link, registry } = await run((await redis.server()).url);
    await link.command("SET", `${TAG}:upgrade`, [
      JSON.stringify({ phase: "building", keys: [], direction: "down", options: ["--drop A.x"] }),
    ]);
    await expect(open(link, A)).rejects.toThrow(UpgradeUnfinishedError);
    await expect(registry.join()).rejects.toThrow(/to go on with it: hetu upgrade .*--down --drop A\.x\n/);
  });
});

describe("a schema that data would be lost for", () => {
  it("is told with what an upgrade would ask for, as far as rows exist, and with what shows it", async () => {
    const { link } = await run((await redis.server()).url);
    await open(link, A, { ...B, backend: "big" });
    const refusal = async (): Promise<StoredSchemaError> => {
      const error: unknown = await open(link, A).catch((reason: unknown) => reason);
      if (!(error instanceof StoredSchemaError)) throw error;
      return error;
    };
    // Whoever does not know the way to a backend cannot know that it has no rows.
    const unknown = await refusal();
    expect(unknown.problems).toMatchObject([{ description: "component B is gone; its rows would be lost" }]);
    expect(unknown.message).toContain("hetu upgrade --store redis://here --plan");
    const options = { link, tag: TAG, store: "redis://here", backends: () => link };
    const empty: unknown = await openCatalogue(options, placed(A)).catch((reason: unknown) => reason);
    expect(empty).toMatchObject({ problems: [], command: "hetu upgrade --store redis://here" });
  });
});
