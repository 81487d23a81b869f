// Replaces dist/compiler/cli.js by a bundle in a few parts, one for each command: loading the parser generator and its
// hundreds of modules one by one would take longer than compiling a schema.
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { noticesOf, packagesOf } from "./package-notices.mjs";

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
  // Native programs stay where npm puts them, and so does the compiler of TypeScript, which only `hetuc lint` loads.
  external: ["esbuild", "fsevents", "ts-morph"],
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  legalComments: "none",
  metafile: true,
});

writeFileSync(
  join(target, "THIRD-PARTY-NOTICES.txt"),
  `The files cli.js and ${parts}/ contain code of these packages.\n\n${noticesOf(packagesOf(metafile))}`,
);
const map = join(target, "cli.js.map");
if (existsSync(map)) rmSync(map);
