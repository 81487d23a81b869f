import { build } from "esbuild";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serverTs } from "../../../compiler/emit/server-ts/index.js";
import { writeFiles } from "../../../compiler/emit/write-files.js";
import type { ColumnModel, Model } from "../../../compiler/model/model.js";
import type { codegen } from "../../../runtime/index.js";
import type { Schema } from "../../../runtime/schema/schema.js";
import { column, component, field, model, namespace, scalar, system, text } from "./models.js";
import { typeCheck } from "./type-check.js";

const words = [
  ..."constructor toString valueOf hasOwnProperty prototype then toJSON toObject name length arguments".split(" "),
  ..."default class await static get set new this super null undefined key row value values writer reader".split(" "),
  ..."audience version_ id_ tracker version2 codec partial now missing create assign encode decode clone".split(" "),
  ..."index system ctx from of in type string number bigint boolean symbol object any unknown never".split(" "),
  ..."fields result count element param path bound a b self args context read check write".split(" "),
];
const i32 = scalar("i32");
const mood = { kind: "enum", namespace: "torture", name: "Mood" } as const;
const bag = { kind: "struct", namespace: "torture", name: "Bag" } as const;
const fields = words.map((word) => field(word, i32));

function columns(more: Partial<ColumnModel>): ColumnModel[] {
  return words.map((word) => column(word, i32, more));
}

const hostileDoc = 'Ends a comment: */ }; throw 1 /* `${x}` \\ \u2028 @param x\r\n  </script> <!-- "quoted"';

const torture: Model = model(
  namespace("torture", {
    enums: [
      {
        name: "Mood",
        base: "i8",
        values: words.map((name, at) => ({ name, value: at - 20, doc: hostileDoc, deprecated: "*/ no" })),
      },
      { name: "Team", base: "i32", values: [{ name: "default", value: -2147483648 }] },
    ],
    structs: [
      { name: "Bag", doc: hostileDoc, fields: [...fields, field("note", text(5), { optional: true })] },
      { name: "Empty", fields: [] },
    ],
    components: [
      component("Words", columns({ default: { kind: "number", value: 0 } }), {
        doc: hostileDoc,
        deprecated: "line one\nline two */",
        indexes: words.map((word) => ({ name: word, columns: [word], unique: word === "key" })),
      }),
      component("Required", columns({}), {
        indexes: [{ name: words.slice(0, 12).join(","), columns: words.slice(0, 12), unique: true }],
      }),
      ...["Promise", "Partial", "Record", "Row", "Schema", "Systems", "Session", "Object", "Uint8Array"].map((name) =>
        component(name, [column("mood", mood), column("data", { kind: "bytes", max: 3 })]),
      ),
      component("con", [column("at", scalar("timestamp"), { default: { kind: "now" } })]),
      component("Bare", []),
    ],
    errors: [
      { name: "Error", fields },
      { name: "None", fields: [] },
    ],
    events: [{ name: "Event", fields: [field("bag", bag), field("moods", { kind: "array", of: mood })] }],
    session: words.map((name) => ({ name, type: i32 })),
    systems: [
      ...words.map((name) => system(name, { params: [field("x", i32)] })),
      system("all", {
        doc: hostileDoc,
        params: [
          ...words.map((name) => field(name, i32)),
          field("last", { kind: "array", of: bag }, { optional: true }),
        ],
        uses: [
          "Words",
          "Required",
          "Promise",
          "Partial",
          "Record",
          "Row",
          "Schema",
          "Systems",
          "Session",
          "con",
          "Bare",
        ],
        calls: words.flatMap((name) => [{ system: name }, { system: name, suffix: "constructor" }]),
        rejects: ["Error", "None"],
        emits: ["Event"],
        result: { type: { kind: "array", of: { kind: "array", of: bag } } },
      }),
    ],
  }),
  namespace("sdk", {
    enums: [{ name: "Team", base: "u8", values: [{ name: "red", value: 0 }] }],
    components: [
      component("Team2", [
        column("team", { kind: "enum", namespace: "sdk", name: "Team" }),
        column("other", { kind: "enum", namespace: "torture", name: "Team" }),
      ]),
    ],
  }),
);

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
    const row = codec.create(1n, values, 0, false) as codegen.Row;
    expect(row.toObject()).toStrictEqual({ id: 1n, ...values });
    expect(codec.create(1n, {}, 0, false).toObject()["_constructor"]).toBe(0);
  });

  it("let nothing inherited stand for a missing value", () => {
    const required = schema.components.find(({ name }) => name === "Required");
    expect(required?.missing(required.create(1n, {}, 0, true))).toBe("constructor");
  });
});
