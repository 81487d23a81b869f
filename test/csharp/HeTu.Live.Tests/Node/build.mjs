// Makes the Node programs that the live tests start, with another server whose schema differs from the clients'.
// Usage: node build.mjs <folder>. The folder must be below the project, so that packages are found.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../../../..", import.meta.url));
const here = fileURLToPath(new URL(".", import.meta.url));
const folder = process.argv[2] ?? "";
if (folder === "") throw new Error("usage: node build.mjs <folder>");

/** The world's schema with Position.x of another type, a column more in Account, and without Notice. */
function writeOtherSchema() {
  const text = readFileSync(join(root, "test/fixtures/world/schema/world.hetu"), "utf8");
  const other = text
    .replace("x:     f32 = 0 @index", "x:     f64 = 0 @index")
    .replace(
      "balance: i64 = 0 @range(0, 1000000000)",
      'owner: string(8) = ""\n  balance: i64 = 0 @range(0, 1000000000)',
    )
    .replace(/@rls\(guild == ctx\.guild\)\ncomponent Notice \{[^}]*\}/, "")
    .replace("Profile, Notice, Account", "Profile, Account");
  mkdirSync(join(folder, "schema"), { recursive: true });
  writeFileSync(join(folder, "schema/world.hetu"), other);
  const compiler = join(root, "dist/compiler/cli.js");
  const args = [compiler, "build", "--target", "server-ts", "--out", join(folder, "generated")];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`hetuc has failed:\n${stdout}${stderr}`);
}

/** @type {import("esbuild").Plugin} */
const withOtherSchema = {
  name: "with the other schema",
  setup(building) {
    building.onResolve({ filter: /fixtures\/world\/generated\/server-ts\/world\/index\.js$/ }, () => ({
      path: join(folder, "generated/server-ts/world/index.ts"),
    }));
  },
};

/** @type {import("esbuild").BuildOptions} */
const options = { bundle: true, platform: "node", format: "esm", target: "node20", packages: "external" };
const outExtension = { ".js": ".mjs" };

mkdirSync(folder, { recursive: true });
writeOtherSchema();
await Promise.all([
  build({
    ...options,
    entryPoints: ["player", "world", "closing-server"].map((name) => join(here, `${name}.ts`)),
    outdir: folder,
    outExtension,
  }),
  build({
    ...options,
    entryPoints: [{ in: join(here, "world.ts"), out: "other-world" }],
    outdir: folder,
    outExtension,
    plugins: [withOtherSchema],
  }),
]);
