// Runs all tests: `npm test`. With arguments it runs vitest alone and hands them on: `npm test -- test/runtime/wire`.
// TEST_REPORTS names a folder for machine-readable reports: vitest.json and one .trx of each .NET test project.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const vitestArguments = process.argv.slice(2);
const reports = process.env["TEST_REPORTS"];

/** @param {readonly string[]} args */
function node(...args) {
  const { status, error } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (error) throw error;
  return status ?? 1;
}

/** @param {readonly string[]} args */
function nodeOrExit(...args) {
  const status = node(...args);
  if (status !== 0) process.exit(status);
}

nodeOrExit("scripts/set-up.mjs");
nodeOrExit("scripts/build.mjs");

if (reports !== undefined) {
  vitestArguments.push("--reporter=default", "--reporter=json", `--outputFile.json=${join(reports, "vitest.json")}`);
}
const vitest = node("node_modules/vitest/vitest.mjs", "run", ...vitestArguments);
if (process.argv.length > 2) {
  console.log("\nOnly what vitest was asked for has run; npm run test:csharp runs the tests of the C# SDK.");
  process.exit(vitest);
}
const csharp = node("scripts/test-csharp.mjs");
process.exit(vitest || csharp);
