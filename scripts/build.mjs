// Compiles compiler/ and runtime/ into dist/ and puts the files beside them that are no TypeScript, and the page of
// `hetuc playground`.
import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
const buildInfo = join(root, "node_modules/.cache/hetu/build.tsbuildinfo");
const sourceFolders = ["compiler", "runtime"];

/**
 * Runs a program of Node and ends this one with its exit code when it fails.
 * @param {readonly string[]} args
 */
function node(...args) {
  const { status, error } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * All files below a folder, as absolute paths.
 * @param {string} folder
 * @returns {string[]}
 */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const isSource = (/** @type {string} */ path) => /(?<!\.d)\.tsx?$/.test(path);
const isTemplate = (/** @type {string} */ path) => path.startsWith(join(root, "compiler/init/template"));

// The incremental state describes what is in dist/; without dist/ it would keep the compiler from writing it.
if (!existsSync(dist)) rmSync(buildInfo, { force: true });
node(join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.build.json");

const wanted = new Set();
for (const folder of sourceFolders) {
  for (const file of filesBelow(join(root, folder))) {
    const target = join(dist, relative(root, file));
    if (isSource(file) && !isTemplate(file)) {
      const stem = target.replace(/\.tsx?$/, "");
      for (const end of [".js", ".js.map", ".d.ts"]) wanted.add(stem + end);
    } else {
      wanted.add(target);
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(file, target);
    }
  }
}
// What a source file that is gone left behind would otherwise be packed and published.
for (const folder of sourceFolders) {
  for (const file of filesBelow(join(dist, folder))) if (!wanted.has(file)) rmSync(file);
}

const templates = join(root, "scripts/build-templates.mjs");
if (existsSync(templates)) node(templates);
node(join(root, "scripts/build-csharp-template.mjs"));

node(join(root, "scripts/bundle-compiler.mjs"));
node(join(root, "scripts/build-playground.mjs"));

/** @type {{ bin: Record<string, string> }} */
const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
for (const path of Object.values(bin)) {
  const file = join(root, path);
  if (existsSync(file)) chmodSync(file, statSync(file).mode | 0o111);
}
