// Prints the figures of a folder of reports — vitest.json and the .trx files of .NET — as `N passed, N failed`; a file
// that could not be loaded counts as one failed test. Fails when a report is missing, when a test failed or was
// skipped, or when nothing ran.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @typedef {object} Report
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {readonly { name: string, status: string, assertionResults: readonly unknown[] }[]} testResults
 */

/** @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number }} Figures */

const folder = process.argv[2];
if (folder === undefined) {
  console.error("usage: node scripts/test-figures.mjs FOLDER");
  process.exit(2);
}

/** @returns {Figures} */
function vitestFigures(/** @type {string} */ path) {
  /** @type {Report} */
  const report = JSON.parse(readFileSync(path, "utf8"));
  const unloaded = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  for (const { name } of unloaded) console.log(`could not be loaded: ${name}`);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** @returns {Figures} */
function dotnetFigures(/** @type {string} */ path) {
  const counters = /<Counters ([^>]*)>/.exec(readFileSync(path, "utf8"))?.[1] ?? "";
  const count = (/** @type {string} */ name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(counters)?.[1] ?? NaN);
  const [total, passed, failed] = [count("total"), count("passed"), count("failed")];
  return { passed, failed, skipped: total - passed - failed };
}

const vitest = join(folder, "vitest.json");
const dotnet = join(folder, "dotnet");
const trx = existsSync(dotnet) ? readdirSync(dotnet).filter((name) => name.endsWith(".trx")) : [];
if (!existsSync(vitest) || trx.length === 0) {
  console.log(`${folder} lacks the report of ${existsSync(vitest) ? "dotnet test" : "vitest"}`);
  process.exit(1);
}

const suites = [vitestFigures(vitest), ...trx.map((name) => dotnetFigures(join(dotnet, name)))];
const sum = (/** @type {keyof Figures} */ key) => suites.reduce((total, suite) => total + suite[key], 0);
console.log(`vitest: ${suites[0]?.passed} passed; dotnet test: ${sum("passed") - (suites[0]?.passed ?? 0)} passed`);
if (sum("skipped") > 0) console.log(`${sum("skipped")} skipped: a test that does not run proves nothing`);
console.log(`${sum("passed")} passed, ${sum("failed")} failed`);
process.exit(sum("failed") === 0 && sum("skipped") === 0 && suites.every(({ passed }) => passed > 0) ? 0 : 1);
