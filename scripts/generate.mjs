// Compiles the schemas of the repository into their committed output, and writes the JSON Schema of hetu.json.
// `--check` then fails when what is committed (or staged) differs.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const compiler = join(root, "dist/compiler/cli.js");

if (!existsSync(compiler)) {
  console.error("generate: the compiler is not built; run `npm run build` first");
  process.exit(2);
}

const examples = readdirSync(join(root, "schema-examples"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(root, "schema-examples", entry.name, "schema")))
  .map((entry) => entry.name)
  .sort();

const projects = [
  ...examples.map((name) => ({ folder: `schema-examples/${name}`, out: `generated/${name}` })),
  { folder: "test/fixtures/world", out: "test/fixtures/world/generated" },
  { folder: "test/fixtures/clusters", out: "test/fixtures/clusters/generated" },
  { folder: "test/fixtures/ledger", out: "test/fixtures/ledger/generated" },
  { folder: "bench", out: "bench/generated" },
];

/**
 * Runs a program and gives its standard output; its standard error goes to ours.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} cwd
 */
function run(program, args, cwd) {
  const { status, stdout, error } = spawnSync(program, args, {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 1 << 28,
  });
  if (error) throw error;
  return { status, stdout };
}

let failed = false;
for (const { folder, out } of projects) {
  console.log(`generate: ${folder} -> ${out}`);
  const { status, stdout } = run(process.execPath, [compiler, "build", "--out", join(root, out)], join(root, folder));
  process.stdout.write(stdout);
  failed ||= status !== 0;
}

console.log("generate: hetu.schema.json");
failed ||= run(process.execPath, [join(root, "scripts/config-schema.mjs")], root).status !== 0;
if (failed) process.exit(1);

if (process.argv.includes("--check")) {
  const paths = [...projects.map(({ out }) => out), "hetu.schema.json"];
  const changed = run("git", ["diff", "--name-status", "--", ...paths], root).stdout;
  const untracked = run("git", ["ls-files", "--others", "--exclude-standard", "--", ...paths], root).stdout;
  if (changed !== "" || untracked !== "") {
    console.error("generate: what is committed is not what the compiler writes. Run `npm run generate` and commit:");
    process.stderr.write(changed);
    process.stderr.write(untracked.replace(/^(?=.)/gm, "?\t"));
    process.exit(1);
  }
  console.log("generate: everything that is committed is fresh");
}
