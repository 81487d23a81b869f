// Runs test/compiler/language-server/incremental/main.ts: random edits of a project, compared with reading it afresh.
// `npm run fuzz:schema -- --help`
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const program = join(root, "node_modules/.cache/hetu-fuzz/main.mjs");

await build({
  entryPoints: [join(root, "test/compiler/language-server/incremental/main.ts")],
  outfile: program,
  bundle: true,
  packages: "external",
  format: "esm",
  platform: "node",
  target: "node20",
  sourcemap: "inline",
  logLevel: "error",
});
const { status, signal } = spawnSync(process.execPath, ["--enable-source-maps", program, ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
process.exit(signal === null ? (status ?? 1) : 1);
