// Runs bench/index.ts against dist/: translates bench/ into dist/bench/, where `../runtime/…` leads to what ships.
import { spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = join(root, "bench");
const target = join(root, "dist/bench");

const entryPoints = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /(?<!\.d)\.ts$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name));

rmSync(target, { recursive: true, force: true });
await build({ entryPoints, outbase: source, outdir: target, format: "esm", platform: "node", target: "node20" });

const { status, signal } = spawnSync(
  process.execPath,
  ["--enable-source-maps", join(target, "index.js"), ...process.argv.slice(2)],
  { cwd: root, stdio: "inherit" },
);
process.exit(signal === null ? (status ?? 1) : 1);
