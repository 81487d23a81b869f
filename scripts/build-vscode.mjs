// Packs the extension for Visual Studio Code as editor/vscode/dist/hetu.vsix: `npm run vscode`. Its packages are
// installed first when they are not there.
// - dist/extension.js: the part that runs in the editor, one file
// - dist/server/: the language server, for projects that have no compiler of their own
import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const extension = join(root, "editor/vscode");
const dist = join(extension, "dist");

/**
 * Ends this program when the other one does not succeed.
 * @param {string} program
 * @param {readonly string[]} args
 */
function runOrExit(program, ...args) {
  const { status } = spawnSync(program, args, { cwd: extension, stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) process.exit(1);
}

if (!existsSync(join(extension, "node_modules"))) {
  console.error("vscode: installing the packages of the extension");
  runOrExit("npm", "ci", "--no-audit", "--no-fund");
}
if (process.argv.includes("--install-only")) process.exit(0);

runOrExit(process.execPath, join(root, "node_modules/typescript/bin/tsc"), "-p", ".");

rmSync(dist, { recursive: true, force: true });
/** @type {import("esbuild").BuildOptions} */
const shared = { bundle: true, platform: "node", target: "node20", minify: true, logLevel: "warning" };
await build({
  ...shared,
  entryPoints: [join(extension, "source/extension.ts")],
  outfile: join(dist, "extension.js"),
  format: "cjs",
  external: ["vscode"],
});
await build({
  ...shared,
  entryPoints: { cli: join(extension, "source/server.ts") },
  outdir: join(dist, "server"),
  format: "esm",
  splitting: true,
  // Packages that are CommonJS ask for Node's own modules by the name `require`; the other name must be one that the
  // minifier gives to nothing.
  banner: {
    js: 'import{createRequire as hetuRequireOf}from"node:module";const require=hetuRequireOf(import.meta.url);',
  },
});
writeFileSync(join(dist, "server/package.json"), '{ "type": "module" }\n');
for (const file of ["hetu.schema.json", "LICENSE"]) copyFileSync(join(root, file), join(extension, file));

const options = ["--no-dependencies", "--allow-missing-repository", "--out", "dist/hetu.vsix"];
runOrExit("npx", "vsce", "package", ...options);
