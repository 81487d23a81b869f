// Runs test/reliability/main.ts: faults under load, with a checker afterwards. `npm run reliability -- --help`
// Everything is made from the source as it is now, one JavaScript module for each of TypeScript.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { globSync } from "tinyglobby";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = join(root, "node_modules/.cache/hetu-reliability");
const modules = ["runtime", "compiler", "test/reliability", "test/redis", "test/runtime/cli", "test/fixtures/ledger"];

rmSync(target, { recursive: true, force: true });
await build({
  entryPoints: globSync(
    [...modules.map((folder) => `${folder}/**/*.ts`), "!compiler/init/template/**", "!**/*.test.ts", "!**/*.d.ts"],
    { cwd: root, absolute: true },
  ),
  outbase: root,
  outdir: join(target, "dist"),
  format: "esm",
  platform: "node",
  target: "node20",
  sourcemap: "inline",
  logLevel: "error",
});
for (const script of globSync("runtime/**/*.lua", { cwd: root })) {
  const copy = join(target, "dist", script);
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(join(root, script), copy);
}
copyFileSync(join(root, "package.json"), join(target, "package.json"));

const program = join(target, "dist/test/reliability/main.js");
const own = ["--hetu", join(target, "dist/runtime/cli.js"), "--entry", join(root, "test/reliability/ledger-entry.ts")];
const args = ["--enable-source-maps", program, ...own, ...process.argv.slice(2)];
const { status, signal } = spawnSync(process.execPath, args, {
  cwd: root,
  stdio: "inherit",
});
process.exit(signal === null ? (status ?? 1) : 1);
