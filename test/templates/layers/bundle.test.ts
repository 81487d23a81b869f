import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";

/** Packages in a bundle for browsers, by name. */
async function packagesOf(entry: string): Promise<ReadonlySet<string>> {
  const { metafile, warnings } = await build({
    entryPoints: [fileURLToPath(new URL(`../../../templates/client-ts/${entry}`, import.meta.url))],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
  });
  expect(warnings).toEqual([]);
  const names = Object.keys(metafile.inputs).map((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]);
  return new Set(names.filter((name) => name !== undefined));
}

test("the layers bundle for browsers, with their libraries and nothing else", async () => {
  expect([...(await packagesOf("layers/index.ts"))].sort()).toEqual([
    "@noble/ciphers",
    "@noble/curves",
    "@noble/hashes",
    "pako",
  ]);
});

test("a client without layers carries none of their libraries", async () => {
  expect([...(await packagesOf("index.ts"))]).toEqual(["@msgpack/msgpack"]);
});
