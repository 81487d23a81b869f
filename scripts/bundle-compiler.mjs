// Replaces dist/compiler/cli.js by a bundle in a few parts, one for each command: loading the parser generator and its
// hundreds of modules one by one would take longer than compiling a schema.
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = join(root, "dist/compiler");
const parts = "cli-parts";

rmSync(join(target, parts), { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: [{ in: join(root, "compiler/cli.ts"), out: "cli" }],
  outdir: target,
  chunkNames: `${parts}/[name]-[hash]`,
  bundle: true,
  splitting: true,
  minifySyntax: true,
  minifyWhitespace: true,
  format: "esm",
  platform: "node",
  target: "node20",
  // Native programs stay where npm puts them.
  external: ["esbuild", "fsevents"],
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  legalComments: "none",
  metafile: true,
});

/** @type {Set<string>} */
const packages = new Set();
for (const { inputs } of Object.values(metafile.outputs)) {
  for (const path of Object.keys(inputs)) {
    const name = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
    if (name !== undefined) packages.add(name);
  }
}

const notices = [...packages].sort().map((folder) => {
  /** @type {{ name: string, version: string, license?: string }} */
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
  const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
  const text =
    file === undefined
      ? `Licence: ${license ?? "see its package.json"}`
      : readFileSync(join(root, folder, file), "utf8");
  return `${name} ${version}\n\n${text.trim()}\n`;
});
writeFileSync(
  join(target, "THIRD-PARTY-NOTICES.txt"),
  `The files cli.js and ${parts}/ contain code of these packages.\n\n${notices.join(`\n${"-".repeat(78)}\n\n`)}`,
);
const map = join(target, "cli.js.map");
if (existsSync(map)) rmSync(map);
