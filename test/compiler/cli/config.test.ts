import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hetuc, temporaryFolder } from "./hetuc.js";
import { GOOD, WRONG } from "./schemas.js";

/** Runs `hetuc check` on a project with this hetu.json. */
async function checkWith(config: string): Promise<{ readonly code: number | null; readonly stderr: string }> {
  await using folder = await temporaryFolder({ "schema/shop.hetu": GOOD, "hetu.json": config });
  return await hetuc(["check"], { cwd: folder.path });
}

describe("hetu.json", () => {
  it("is found from a folder below the project", async () => {
    await using folder = await temporaryFolder({
      "hetu.json": '{ "schema": "tables/*.hetu" }',
      "tables/a.hetu": WRONG,
    });
    await mkdir(join(folder.path, "server/deep"), { recursive: true });
    const { code, stderr } = await hetuc(["check"], { cwd: join(folder.path, "server/deep") });
    expect(code).toBe(1);
    expect(stderr).toContain("tables/a.hetu:7");
  });

  it("is taken from --config, by its path or its folder's", async () => {
    await using folder = await temporaryFolder({ "game/hetu.json": "{}", "game/schema/a.hetu": WRONG });
    for (const config of ["game/hetu.json", "game"]) {
      const { code, stderr } = await hetuc(["check", "--config", config], { cwd: folder.path });
      expect([code, stderr]).toEqual([1, expect.stringContaining("schema/a.hetu:7")]);
    }
  });

  it("says so when --config names nothing", async () => {
    await using folder = await temporaryFolder({ "schema/shop.hetu": GOOD });
    const { code, stderr } = await hetuc(["check", "--config", "other.json"], { cwd: folder.path });
    expect(code).toBe(2);
    expect(stderr).toContain("other.json: there is no such file");
  });

  it("takes several globs, and a $schema for editors", async () => {
    await using folder = await temporaryFolder({
      "hetu.json": '{ "$schema": "./x.json", "schema": ["a/*.hetu", "b/**/*.hetu"] }',
      "a/one.hetu": GOOD,
      "b/deep/two.hetu": WRONG.replace("shop", "farm"),
    });
    const { code, stderr } = await hetuc(["check"], { cwd: folder.path });
    expect(code).toBe(1);
    expect(stderr).toContain("b/deep/two.hetu:7");
    expect(stderr).not.toContain("a/one.hetu");
  });

  it("may hold settings of the server, which hetuc leaves to hetu", async () => {
    expect(await checkWith('{ "server": { "port": 1 } }')).toMatchObject({ code: 0 });
  });

  it("is refused with file, key and suggestion for an unknown key", async () => {
    const { code, stderr } = await checkWith('{ "scehma": "x" }');
    expect(code).toBe(2);
    expect(stderr).toMatch(/hetu\.json: unknown key `scehma`; did you mean `schema`\?/);
  });

  it("is refused with file, key path and value for a value of the wrong type", async () => {
    const { code, stderr } = await checkWith('{ "out": 7, "targets": ["server-ts", 5] }');
    expect(code).toBe(2);
    expect(stderr).toMatch(/hetu\.json: `out` is 7, but must be a string/);
    expect(stderr).toMatch(/hetu\.json: `targets\[1\]` is 5, but must be a string/);
  });

  it("is refused with the alternatives where several types would do", async () => {
    const { code, stderr } = await checkWith('{ "schema": 7 }');
    expect(code).toBe(2);
    expect(stderr).toMatch(/`schema` is 7, but must be a string or must be an array/);
  });

  it("is refused with file, key and suggestion for an unknown target", async () => {
    await using folder = await temporaryFolder({ "schema/a.hetu": GOOD, "hetu.json": '{ "targets": ["sever-ts"] }' });
    const { code, stderr } = await hetuc(["build"], { cwd: folder.path });
    expect(code).toBe(2);
    expect(stderr).toMatch(/there is no target `sever-ts`, named by `targets` in .*hetu\.json/);
    expect(stderr).toContain("did you mean `server-ts`?");
  });

  it("is refused with the reason when it is not JSON", async () => {
    const { code, stderr } = await checkWith('{ "schema": }');
    expect(code).toBe(2);
    expect(stderr).toMatch(/hetu\.json: is not JSON: /);
  });

  it("is refused with a word on comments when it has one", async () => {
    const { code, stderr } = await checkWith('{\n  // mine\n  "out": "x" }');
    expect(code).toBe(2);
    expect(stderr).toContain("comments are not part of JSON");
  });

  it("must be an object", async () => {
    const { code, stderr } = await checkWith("[]");
    expect(code).toBe(2);
    expect(stderr).toMatch(/the file is \[\], but must be an object/);
  });
});
