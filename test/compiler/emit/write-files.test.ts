import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MANIFEST_FILE } from "../../../compiler/emit/manifest.js";
import { writeFiles } from "../../../compiler/emit/write-files.js";

let out: string;

beforeEach(async () => {
  out = path.join(await mkdtemp(path.join(tmpdir(), "hetu-write-")), "generated");
});

afterEach(() => rm(path.dirname(out), { recursive: true, force: true }));

function output(target: string, files: Record<string, string>) {
  return { target, files: Object.entries(files).map(([file, content]) => ({ path: file, content })) };
}

async function present(): Promise<string[]> {
  const entries = await readdir(out, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(path.relative(out, entry.parentPath), entry.name).replaceAll("\\", "/"))
    .sort();
}

describe("writing the output", () => {
  it("puts each file below its target, and a target that is one file in its place", async () => {
    const written = await writeFiles(out, [
      output("server-ts", { "world/index.ts": "a", "world/enums/team.ts": "b" }),
      output("schema.json", { ".": "{}" }),
    ]);
    expect(written.written).toStrictEqual(["server-ts/world/index.ts", "server-ts/world/enums/team.ts", "schema.json"]);
    expect(await present()).toStrictEqual([
      MANIFEST_FILE,
      "schema.json",
      "server-ts/world/enums/team.ts",
      "server-ts/world/index.ts",
    ]);
    expect(await readFile(path.join(out, "server-ts/world/index.ts"), "utf8")).toBe("a");
  });

  it("leaves files of the same content untouched", async () => {
    await writeFiles(out, [output("t", { a: "1", b: "2" })]);
    const before = await stat(path.join(out, "t/a"), { bigint: true });
    const again = await writeFiles(out, [output("t", { a: "1", b: "3" })]);
    expect(again).toStrictEqual({ written: ["t/b"], unchanged: 1, removed: [], all: ["t/a", "t/b"] });
    const after = await stat(path.join(out, "t/a"), { bigint: true });
    expect([after.ino, after.mtimeNs]).toStrictEqual([before.ino, before.mtimeNs]);
  });

  it("writes a file again that somebody has changed or removed", async () => {
    await writeFiles(out, [output("t", { a: "1", b: "2" })]);
    await writeFile(path.join(out, "t/a"), "edited");
    await rm(path.join(out, "t/b"));
    const again = await writeFiles(out, [output("t", { a: "1", b: "2" })]);
    expect(again.written).toStrictEqual(["t/a", "t/b"]);
    expect(await readFile(path.join(out, "t/a"), "utf8")).toBe("1");
  });

  it("removes what it has produced before and does not any more, and the folders that this empties", async () => {
    await writeFiles(out, [output("t", { "x/y/old": "1", "x/kept": "2" })]);
    const again = await writeFiles(out, [output("t", { "x/kept": "2" })]);
    expect(again.removed).toStrictEqual(["t/x/y/old"]);
    expect(await present()).toStrictEqual([MANIFEST_FILE, "t/x/kept"]);
    expect(await readdir(path.join(out, "t/x"))).toStrictEqual(["kept"]);
  });

  it("never removes a file that it did not produce", async () => {
    await writeFiles(out, [output("t", { "x/old": "1" })]);
    await writeFile(path.join(out, "t/x/mine"), "mine");
    await writeFiles(out, [output("t", {})]);
    expect(await present()).toStrictEqual([MANIFEST_FILE, "t/x/mine"]);
  });

  it("keeps the files of targets that are not built this time", async () => {
    await writeFiles(out, [output("a", { f: "1" }), output("b", { f: "2" })]);
    const again = await writeFiles(out, [output("a", { g: "1" })]);
    expect(again.removed).toStrictEqual(["a/f"]);
    expect(await present()).toStrictEqual([MANIFEST_FILE, "a/g", "b/f"]);
  });

  it("forgets nothing when the manifest is damaged, and follows no path out of the folder", async () => {
    await writeFiles(out, [output("t", { a: "1" })]);
    const victim = path.join(path.dirname(out), "victim");
    await writeFile(victim, "precious");
    await writeFile(
      path.join(out, MANIFEST_FILE),
      JSON.stringify({ format: 1, targets: { t: { "../victim": "0", "t/../../victim": "0", [victim]: "0", a: 5 } } }),
    );
    await writeFiles(out, [output("t", { b: "1" })]);
    expect(await readFile(victim, "utf8")).toBe("precious");
    await writeFile(path.join(out, MANIFEST_FILE), "{ not json");
    await writeFiles(out, [output("t", { b: "1" })]);
    expect(await present()).toStrictEqual([MANIFEST_FILE, "t/a", "t/b"]);
  });

  it("gives the same manifest whatever the order of the files", async () => {
    await writeFiles(out, [output("b", { y: "1", x: "2" }), output("a", { z: "3" })]);
    const first = await readFile(path.join(out, MANIFEST_FILE), "utf8");
    await rm(out, { recursive: true });
    await writeFiles(out, [output("a", { z: "3" }), output("b", { x: "2", y: "1" })]);
    expect(await readFile(path.join(out, MANIFEST_FILE), "utf8")).toBe(first);
  });

  it("leaves the previous output whole when something cannot be written", async () => {
    await writeFiles(out, [output("t", { a: "1", "x/b": "2" })]);
    // A folder where a file must go: the write fails, for whatever user the test runs.
    await rm(path.join(out, "t/x/b"));
    await mkdir(path.join(out, "t/x/b/full"), { recursive: true });
    const failing = writeFiles(out, [output("t", { "x/b": "3", a: "changed", "a/impossible": "4" })]);
    await expect(failing).rejects.toThrow();
    expect(await readFile(path.join(out, "t/a"), "utf8")).toBe("1");
    expect(await readdir(out)).toStrictEqual([MANIFEST_FILE, "t"]);
  });
});
