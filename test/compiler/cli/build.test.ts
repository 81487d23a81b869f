import { stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { targets } from "../../../compiler/emit/registry.js";
import { hetuc, temporaryFolder, type TemporaryFolder } from "./hetuc.js";
import { GOOD, SECOND, WARNED, WRONG } from "./schemas.js";

const MANIFEST = ".hetuc-manifest.json";

interface BuildEvent {
  readonly event: string;
  readonly ok: boolean;
  readonly diagnostics: readonly unknown[];
  readonly files: {
    readonly written: readonly string[];
    readonly unchanged: number;
    readonly removed: readonly string[];
  };
  readonly ms: number;
}

/** Runs `hetuc build --json` and reads what it printed. */
async function build(folder: TemporaryFolder, ...args: readonly string[]): Promise<BuildEvent> {
  const { stdout, stderr } = await hetuc(["build", "--json", ...args], { cwd: folder.path });
  expect(stderr).toBe("");
  expect(stdout.trimEnd().split("\n")).toHaveLength(1);
  return JSON.parse(stdout) as BuildEvent;
}

/** Gives every file of the output an old time stamp, and tells which ones have got a new one since. */
async function ageOutput(folder: TemporaryFolder): Promise<() => Promise<readonly string[]>> {
  const long = new Date("2001-01-01T00:00:00Z");
  const files = Object.keys(await folder.tree("generated")).map((file) => join("generated", file));
  for (const file of files) await utimes(join(folder.path, file), long, long);
  return async () => {
    const now = Object.keys(await folder.tree("generated")).map((file) => join("generated", file));
    const times = await Promise.all(
      now.map(async (file) => ({ file, time: (await stat(join(folder.path, file))).mtimeMs })),
    );
    return times.filter(({ time }) => time !== long.getTime()).map(({ file }) => file);
  };
}

describe("hetuc build", () => {
  it("writes every target, tells people how many files, and lists them in a manifest", async () => {
    await using folder = await temporaryFolder({ "schema/shop.hetu": GOOD });
    const { code, stdout, stderr } = await hetuc(["build"], { cwd: folder.path });
    expect([code, stdout]).toEqual([0, ""]);
    expect(stderr).toMatch(/^hetuc: \d+ written in \d+\.\d+ s$/m);
    const files = Object.keys(await folder.tree("generated"));
    for (const { name } of targets)
      expect(files.some((file) => file === name || file.startsWith(`${name}/`))).toBe(true);
    expect(files).toContain(MANIFEST);
  });

  it("prints one JSON object with --json", async () => {
    await using folder = await temporaryFolder({ "schema/shop.hetu": GOOD });
    const event = await build(folder);
    expect(event).toMatchObject({ event: "built", ok: true, diagnostics: [], files: { unchanged: 0, removed: [] } });
    expect(event.files.written.toSorted()).toEqual(
      Object.keys(await folder.tree("generated"))
        .filter((file) => file !== MANIFEST)
        .toSorted(),
    );
    expect(event.ms).toBeGreaterThanOrEqual(0);
  });

  it("writes only the targets asked for, separated by commas or one by one, and leaves the others", async () => {
    await using folder = await temporaryFolder({ "schema/shop.hetu": GOOD });
    await build(folder, "--target", "schema.json");
    expect(Object.keys(await folder.tree("generated")).toSorted()).toEqual([MANIFEST, "schema.json"]);
    await build(folder, "--target", "server-ts,schema.json");
    const both = Object.keys(await folder.tree("generated"));
    expect(both.some((file) => file.startsWith("server-ts/"))).toBe(true);
    await build(folder, "--target", "server-ts", "--target", "schema.json");
    expect(Object.keys(await folder.tree("generated"))).toEqual(both);
    await build(folder, "--target", "schema.json");
    expect(Object.keys(await folder.tree("generated"))).toEqual(both);
  });

  it("takes out and targets from hetu.json, and --out over it", async () => {
    await using folder = await temporaryFolder({
      "schema/shop.hetu": GOOD,
      "hetu.json": '{ "out": "build/made", "targets": ["schema.json"] }',
    });
    await build(folder);
    expect(Object.keys(await folder.tree("build")).toSorted()).toEqual([`made/${MANIFEST}`, "made/schema.json"]);
    await build(folder, "--out", "elsewhere");
    expect(Object.keys(await folder.tree("elsewhere")).toSorted()).toEqual([MANIFEST, "schema.json"]);
  });

  it("removes what a target wrote that hetu.json no longer asks for", async () => {
    await using folder = await temporaryFolder({ "schema/shop.hetu": GOOD });
    await build(folder);
    await folder.write("hetu.json", '{ "targets": ["schema.json"] }');
    const event = await build(folder);
    expect(event.files.removed.length).toBeGreaterThan(0);
    expect(Object.keys(await folder.tree("generated")).toSorted()).toEqual([MANIFEST, "schema.json"]);
  });

  it("touches nothing when nothing has changed, from its cache and without it", async () => {
    await using folder = await temporaryFolder({ "schema/shop.hetu": GOOD });
    const count = (await build(folder)).files.written.length;
    const touched = await ageOutput(folder);
    // The time stamps are not those that the cache knows: everything is compiled again and compared.
    expect((await build(folder)).files).toEqual({ written: [], unchanged: count, removed: [] });
    expect(await touched()).toEqual([]);
    // Now they are.
    expect((await build(folder)).files).toEqual({ written: [], unchanged: count, removed: [] });
    expect(await touched()).toEqual([]);
  });

  it("writes only the files that differ", async () => {
    await using folder = await temporaryFolder({ "schema/shop.hetu": GOOD, "schema/farm.hetu": SECOND });
    await build(folder, "--target", "server-ts");
    const touched = await ageOutput(folder);
    await folder.write("schema/farm.hetu", SECOND.replace("kind:  i32", "kind:  u32"));
    const { files } = await build(folder, "--target", "server-ts");
    expect(files.written.length).toBeGreaterThan(0);
    expect(files.written.every((file) => file.startsWith("server-ts/farm/"))).toBe(true);
    const now = await touched();
    expect(files.written.filter((file) => !now.includes(join("generated", file)))).toEqual([]);
    expect(now.filter((file) => file.includes("/shop/"))).toEqual([]);
  });

  it("puts a file of the output right that someone has changed or removed", async () => {
    await using folder = await temporaryFolder({ "schema/shop.hetu": GOOD });
    await build(folder);
    const before = await folder.tree("generated");
    await folder.write("generated/schema.json", "mine");
    expect((await build(folder)).files.written).toEqual(["schema.json"]);
    expect(await folder.tree("generated")).toEqual(before);
  });

  it("removes files that are no longer generated, and no file of anyone else", async () => {
    await using folder = await temporaryFolder({ "schema/shop.hetu": GOOD, "schema/farm.hetu": SECOND });
    await build(folder);
    await folder.write("generated/server-ts/farm/mine.ts", "export {};\n");
    await folder.write("schema/farm.hetu", "");
    const { rm } = await import("node:fs/promises");
    await rm(join(folder.path, "schema/farm.hetu"));
    const { files } = await build(folder);
    expect(files.removed.length).toBeGreaterThan(0);
    expect(files.removed.filter((file) => !/\/farm/i.test(file))).toEqual([]);
    const left = Object.keys(await folder.tree("generated")).filter((file) => /\/farm/i.test(file));
    expect(left).toEqual(["server-ts/farm/mine.ts"]);
  });

  it("leaves the output whole when the schema has errors", async () => {
    await using folder = await temporaryFolder({ "schema/shop.hetu": GOOD });
    await build(folder);
    const before = await folder.tree("generated");
    const touched = await ageOutput(folder);
    await folder.write("schema/shop.hetu", WRONG);
    const { code, stderr } = await hetuc(["build"], { cwd: folder.path });
    expect(code).toBe(1);
    expect(stderr).toContain("schema/shop.hetu:7:10");
    expect(await folder.tree("generated")).toEqual(before);
    expect(await touched()).toEqual([]);
    expect(await build(folder)).toMatchObject({
      event: "failed",
      ok: false,
      diagnostics: [{ severity: "error" }],
      files: { written: [], unchanged: 0, removed: [] },
    });
  });

  it("gives the same output in another folder, from another working folder, and twice", async () => {
    const files = { "hetu.json": "{}", "schema/shop.hetu": GOOD, "schema/z/farm.hetu": SECOND };
    await using one = await temporaryFolder(files);
    await using two = await temporaryFolder(files);
    await build(one);
    await hetuc(["build"], { cwd: join(two.path, "schema/z") });
    const first = await one.tree("generated");
    expect(await two.tree("generated")).toEqual(first);
    await build(one, "--out", "again");
    expect(await one.tree("again")).toEqual(first);
  });

  it("tells warnings again when nothing has changed, and no hints", async () => {
    await using folder = await temporaryFolder({ "schema/shop.hetu": `${WARNED}\nenum Unused { none }\n` });
    const first = await build(folder);
    const second = await build(folder);
    expect(first.diagnostics).toMatchObject([{ severity: "warning" }]);
    expect(second).toMatchObject({ ok: true, diagnostics: first.diagnostics, files: { written: [] } });
  });

  it("says what cannot be written and why", async () => {
    await using folder = await temporaryFolder({ "schema/shop.hetu": GOOD, generated: "a file is in the way" });
    const { code, stderr } = await hetuc(["build"], { cwd: folder.path });
    expect(code).toBe(2);
    expect(stderr).toMatch(/the output cannot be written: .*generated/);
  });
});
