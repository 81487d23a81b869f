import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Programs } from "../runtime/cli/program.js";
import { type Fault, missingFor } from "./faults.js";
import { runFault } from "./run-fault.js";

const entry = fileURLToPath(new URL("./ledger-entry.ts", import.meta.url));

/** A short round of each fault; `npm run reliability` has long ones. */
export function testFaults(faults: readonly Fault[]): void {
  let programs: Programs;
  beforeAll(async () => {
    programs = await Programs.build();
  });
  afterAll(() => programs.remove());

  for (const fault of faults) {
    test.skipIf(missingFor(fault) !== undefined)(
      `nothing is lost, done twice or shown wrong after ${fault.name} under load`,
      async () => {
        const report = await runFault({ hetu: programs.hetu, entry }, fault, 1, { shortest: 300, longest: 1500 });
        expect(report.problems, report.log).toEqual([]);
        expect(report.answered).toBeGreaterThan(0);
      },
      300_000,
    );
  }
}
