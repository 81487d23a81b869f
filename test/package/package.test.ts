import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { repository, run, temporaryFolder, type TemporaryFolder } from "../compiler/cli/hetuc.js";

const CONSUMER = `import { createServer, type ServerOptions } from "hetu";
import { compile } from "hetu/compiler";

export const start = (options: ServerOptions) => createServer(options);
export const compiled = compile([{ path: "a.hetu", text: "namespace a" }]);
`;

const TSCONFIG = {
  compilerOptions: {
    target: "ES2022",
    lib: ["ES2023", "ESNext.Disposable"],
    module: "NodeNext",
    strict: true,
    noEmit: true,
    types: ["node"],
    typeRoots: [join(repository, "node_modules/@types")],
  },
  include: ["consumer.ts"],
};

/** An empty folder into which the packed package is installed, as a user would. */
let folder: TemporaryFolder;
let packed: readonly string[];

/** The settings of the one who runs the tests hold for npm, those of the running `npm test` do not. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined &&
      !/^(npm_(lifecycle|package|command|execpath)|FORCE_COLOR|NODE_OPTIONS|VITEST)/.test(entry[0]),
  ),
);

const runNpm = (program: "npm" | "npx", args: readonly string[], cwd = folder.path) =>
  run(program, args, { cwd, env: environment });

beforeAll(async () => {
  folder = await temporaryFolder({ "package.json": '{ "private": true, "type": "module" }' });
  const pack = await runNpm(
    "npm",
    ["pack", "--ignore-scripts", "--json", "--pack-destination", folder.path],
    repository,
  );
  expect([pack.code, pack.code === 0 ? "" : pack.stderr]).toEqual([0, ""]);
  const [{ filename, files }] = asPackReport(pack.stdout);
  packed = files.map(({ path }) => path);
  const installed = await runNpm("npm", ["install", "--no-audit", "--no-fund", `./${filename}`]);
  expect([installed.code, installed.code === 0 ? "" : installed.stderr]).toEqual([0, ""]);
});

afterAll(() => folder[Symbol.asyncDispose]());

interface PackReport {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** npm 11 prints a list, later ones an object by package name. */
function asPackReport(text: string): readonly [PackReport] {
  const report = JSON.parse(text) as readonly [PackReport] | Readonly<Record<string, PackReport>>;
  return [Object.values(report)[0]!];
}

describe("the package, packed and installed into an empty folder", () => {
  it.each(["hetuc", "hetu"])("answers npx %s --version", async (program) => {
    const { version } = JSON.parse(await readFile(join(repository, "package.json"), "utf8")) as { version: string };
    const { code, stdout } = await runNpm("npx", [program, "--version"]);
    expect([code, stdout.trim()]).toEqual([0, version]);
  });

  it("compiles a project that hetuc init has written", async () => {
    expect(await runNpm("npx", ["hetuc", "init", "game"])).toMatchObject({ code: 0 });
    const built = await runNpm("npx", ["hetuc", "build"], join(folder.path, "game"));
    expect([built.code, built.code === 0 ? "" : built.stderr]).toEqual([0, ""]);
    const { dependencies } = JSON.parse(await folder.read("game/package.json")) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    expect(dependencies["hetu"]).toMatch(/^\^\d+\.\d+\.\d+$/);
  });

  it("gives createServer and compile as a library, with types that resolve under strict", async () => {
    await folder.write("consumer.ts", CONSUMER);
    await folder.write("tsconfig.json", JSON.stringify(TSCONFIG));
    const tsc = join(repository, "node_modules/typescript/bin/tsc");
    expect(await run(process.execPath, [tsc, "-p", "."], { cwd: folder.path })).toMatchObject({ code: 0, stdout: "" });
    await folder.write(
      "consumer.mjs",
      'import { createServer } from "hetu"; import { compile } from "hetu/compiler"; console.log(typeof createServer, typeof compile);',
    );
    const { stdout } = await run(process.execPath, ["consumer.mjs"], { cwd: folder.path });
    expect(stdout.trim()).toBe("function function");
  });

  it("holds what it needs and nothing of the repository's own", () => {
    for (const file of [
      "LICENSE",
      "README.md",
      "README.zh.md",
      "hetu.schema.json",
      "dist/compiler/cli.js",
      "dist/playground/index.html",
      "dist/runtime/cli.js",
    ]) {
      expect(packed).toContain(file);
    }
    expect(
      packed.filter((file) => /^(test|bench|schema-examples|generated|scripts|node_modules)\//.test(file)),
    ).toEqual([]);
    expect(packed.filter((file) => /\.tsbuildinfo$|\.test\./.test(file))).toEqual([]);
  });
});
