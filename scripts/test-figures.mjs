// Prints the figures of a JSON report of vitest as `N passed, N failed`; a file that could not be loaded counts as one
// failed test. Fails when there is no report, when a test failed or was skipped, or when nothing ran.
import { readFileSync } from "node:fs";

/**
 * @typedef {object} Report
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {readonly { name: string, status: string, assertionResults: readonly unknown[] }[]} testResults
 */

const path = process.argv[2];
if (path === undefined) {
  console.error("usage: node scripts/test-figures.mjs REPORT");
  process.exit(2);
}

/** @type {Report} */
const report = JSON.parse(readFileSync(path, "utf8"));
const unloaded = report.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
for (const { name } of unloaded) console.log(`could not be loaded: ${name}`);

const failed = report.numFailedTests + unloaded.length;
const skipped = report.numPendingTests + report.numTodoTests;
if (skipped > 0) console.log(`${skipped} skipped: a test that does not run proves nothing`);
console.log(`${report.numPassedTests} passed, ${failed} failed`);
process.exit(failed > 0 || skipped > 0 || report.numPassedTests === 0 ? 1 : 0);
