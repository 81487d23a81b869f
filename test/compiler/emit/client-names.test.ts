import path from "node:path";
import { build } from "esbuild";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientJs } from "../../../compiler/emit/client-js/index.js";
import { clientTs } from "../../../compiler/emit/client-ts/index.js";
import { writeFiles } from "../../../compiler/emit/write-files.js";
import { column, component, field, model, namespace, scalar, system, text } from "./models.js";
import { typeCheck } from "./type-check.js";

const words = [
  ..."constructor toString valueOf hasOwnProperty prototype then toJSON toObject name length arguments".split(" "),
  ..."default class await async static get set new this super null undefined key row value values writer".split(" "),
  ..."index system from of in type string number bigint boolean symbol object any unknown never read".split(" "),
  ..."fields map path count args a b code cause stack message same copy types url options client calls".split(" "),
];
const i32 = scalar("i32");
const doc = "Ends a comment: */ }; throw 1 /* `${x}` \\ \u2028 @param x\r\n </script>";
const everybody = { access: { readers: "everybody", rules: [] } } as const;
const types = "Promise Object Uint8Array Client Calls LiveRange Component Map Symbol path connect exclusive con".split(
  " ",
);
const mood = { kind: "enum", namespace: "torture", name: "Mood" } as const;
const bag = { kind: "struct", namespace: "torture", name: "Bag" } as const;
const fields = words.map((word) => field(word, i32, { doc }));
const columns = words.map((word) => column(word, i32, { doc }));

const torture = model(
  namespace("torture", {
    enums: [{ name: "Mood", base: "i8", values: words.map((name, at) => ({ name, value: at - 20, doc })), doc }],
    structs: [
      { name: "Bag", fields: [...fields, field("note", text(5), { optional: true }), field("mood", mood)], doc },
      { name: "Empty", fields: [] },
    ],
    components: [
      component("Words", columns, {
        ...everybody,
        doc,
        deprecated: "two\nlines */",
        indexes: [
          ...words.map((name) => ({ name, columns: [name], unique: name === "key" })),
          { name: words.slice(0, 12).join(","), columns: words.slice(0, 12), unique: true },
        ],
        copies: ["constructor", "Shop"],
      }),
      ...types.map((name) =>
        component(name, [column("mood", mood), column("data", { kind: "bytes", max: 3 })], everybody),
      ),
      component("Bare", [], everybody),
    ],
    errors: [
      { name: "Error", fields },
      { name: "Nothing", fields: [] },
    ],
    events: [
      {
        name: "Event",
        fields: [field("bags", { kind: "array", of: bag }), field("moods", { kind: "array", of: mood })],
        doc,
      },
    ],
    systems: [
      ...words.map((name) => system(name, { permission: "user", params: [field("x", i32)] })),
      system("everything", {
        doc,
        permission: "user",
        once: true,
        params: [...fields, field("last", { kind: "array", of: bag }, { optional: true })],
        result: { type: { kind: "array", of: { kind: "array", of: mood } }, optional: true },
        rejects: ["Error", "Nothing"],
      }),
    ],
  }),
  namespace("sdk", {
    enums: [{ name: "Mood", base: "u8", values: [{ name: "red", value: 0 }] }],
    components: [
      component("Both", [column("own", { ...mood, namespace: "sdk" }), column("other", mood)], {
        ...everybody,
        indexes: [{ name: "other,own", columns: ["other", "own"], unique: false }],
      }),
    ],
    systems: [system("give", { permission: "user", params: [field("bag", bag)], result: { type: bag } })],
  }),
);

const typescript = clientTs.emit(torture);
const javascript = clientJs.emit(torture);

describe("hostile names and docs", () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "hetu-client-names-"));
    await writeFiles(folder, [{ target: "client-js", files: javascript }]);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("give TypeScript and declarations that compile under the strictest settings", () => {
    const sources = [
      ...typescript.map(({ path: file, content }) => ({ path: `test/hostile/ts/${file}`, content })),
      ...javascript
        .filter(({ path: file }) => file.endsWith(".d.ts"))
        .map(({ path: file, content }) => ({ path: `test/hostile/js/${file}`, content })),
    ];
    expect(typeCheck(sources)).toStrictEqual([]);
  });

  it("give JavaScript that runs, as modules and as a bundle, with the same exports", async () => {
    for (const namespaceFolder of ["torture", "_sdk"]) {
      const outfile = path.join(folder, `${namespaceFolder}.mjs`);
      const entry = path.join(folder, `client-js/${namespaceFolder}/index.js`);
      const nodePaths = [path.resolve("node_modules")];
      await build({ entryPoints: [entry], bundle: true, format: "esm", platform: "node", outfile, nodePaths });
      const modules = (await import(pathToFileURL(outfile).href)) as object;
      const bundle = (await import(
        pathToFileURL(path.join(folder, `client-js/${namespaceFolder}/bundle.js`)).href
      )) as object;
      expect(Object.keys(bundle).sort()).toStrictEqual(Object.keys(modules).sort());
    }
  });

  it("give bundles without any import", () => {
    const bundles = javascript.filter(({ path: file }) => file.endsWith("/bundle.js"));
    expect(bundles).toHaveLength(2);
    for (const { content } of bundles) expect(content).not.toMatch(/^\s*import\b|\bfrom\s+"/m);
  });

  it("give every file a path of its own, also where case does not count", () => {
    for (const files of [typescript, javascript]) {
      const paths = files.map(({ path: file }) => file.toLowerCase());
      expect(new Set(paths).size).toBe(paths.length);
    }
  });
});
