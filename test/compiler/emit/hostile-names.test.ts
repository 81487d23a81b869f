import { build } from "esbuild";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { format } from "prettier";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serverTs } from "../../../compiler/emit/server-ts/index.js";
import { writeFiles } from "../../../compiler/emit/write-files.js";
import type { Schema } from "../../../runtime/schema/schema.js";
import { torture, words } from "./torture.js";
import { typeCheck } from "./type-check.js";

const files = serverTs.emit(torture);

describe("hostile names", () => {
  let folder: string;
  let schema: Schema;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "hetu-names-"));
    await writeFiles(folder, [{ target: "server-ts", files }]);
    const outfile = path.join(folder, "bundle.mjs");
    await build({
      entryPoints: [path.join(folder, "server-ts/torture/schema.ts")],
      alias: { hetu: fileURLToPath(new URL("codegen-only.ts", import.meta.url)) },
      bundle: true,
      format: "esm",
      platform: "node",
      outfile,
    });
    ({ schema } = (await import(pathToFileURL(outfile).href)) as { schema: Schema });
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("give code that compiles under the strictest settings", () => {
    const sources = files.map(({ path: file, content }) => ({ path: `test/hostile/${file}`, content }));
    expect(typeCheck(sources)).toStrictEqual([]);
  });

  it("keep the types of a component apart from schema types of the same names", () => {
    const use = [
      'import { Store } from "./torture/index.js";',
      'import type { Insert, Key, Patch } from "./torture/index.js";',
      "export async function use(inserts: Insert.Store, patches: Patch.Store, row: Store): Promise<Key> {",
      '  const found: Insert | undefined = await inserts.get({ key: "red" });',
      '  const [patch]: Patch[] = await patches.range("key", "red");',
      "  const fields: Store.Fields = row.toObject();",
      "  row.key = fields.key;",
      "  return found?.key ?? patch?.key ?? fields.key;",
      "}",
      "export const codec = Store.$codec;",
      "",
    ].join("\n");
    const sources = files.map(({ path: file, content }) => ({ path: `test/hostile/${file}`, content }));
    const complaints = typeCheck([{ path: "test/hostile/use.ts", content: use }, ...sources]);
    expect(complaints.filter(({ file }) => file.endsWith("use.ts"))).toStrictEqual([]);
  });

  it("give code that is laid out as Prettier would lay it out", async () => {
    for (const { path: file, content } of files.filter((each) => !each.path.endsWith("/model.ts"))) {
      expect(content, file).toBe(await format(content, { parser: "typescript", printWidth: 120 }));
    }
  });

  it("give every declaration a file of its own, also where case does not count", () => {
    const paths = files.map((file) => file.path.toLowerCase());
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths).toContain("_sdk/enums/team.ts");
    expect(paths).toContain("torture/components/con-.ts");
  });

  it("keep columns apart from the members of rows and objects", () => {
    const codec = schema.components.find(({ name }) => name === "Words");
    if (codec === undefined) throw new Error("no codec");
    const values = Object.fromEntries(codec.columns.map(({ property }, at) => [property, at]));
    expect(Object.keys(values)).toHaveLength(words.length);
    const row = codec.create(1n, values, 0, false);
    expect(row.toObject()).toStrictEqual({ id: 1n, ...values });
    expect(codec.create(1n, {}, 0, false).toObject()["_constructor"]).toBe(0);
  });

  it("tell how enums are stored, by the names of the schema and of TypeScript", () => {
    const codec = schema.components.find(({ name }) => name === "Promise");
    const mood = codec?.columns.find(({ name }) => name === "mood")?.enum;
    expect(mood?.base).toBe("i8");
    expect(mood?.values.map(({ name }) => name)).toStrictEqual(words);
    expect(mood?.values[0]).toStrictEqual({ name: "constructor", property: "_constructor", value: -20 });
  });

  it("leave the model's text as it is", () => {
    expect(JSON.parse(schema.model)).toStrictEqual(torture.namespaces[0]);
  });

  it("let nothing inherited stand for a missing value", () => {
    const required = schema.components.find(({ name }) => name === "Required");
    expect(required?.missing(required.create(1n, {}, 0, true))).toBe("constructor");
  });
});
