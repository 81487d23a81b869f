import fc from "fast-check";
import { test } from "vitest";
import { fill, INDEXES, type TableName } from "./random-steps.js";
import { RemoteRun } from "./remote-run.js";
import { remoteSteps } from "./remote-steps.js";

const still = { events: [], which: 0, late: false, lag: 0, foreign: false } as const;

test.each([1, 2])(
  "on %i shared stores every view equals the rows of the position it was told of, whatever overtakes what",
  async (stores) => {
    await fc.assert(
      fc.asyncProperty(remoteSteps, async (list) => {
        const run = new RemoteRun(stores);
        for (const [factor, table] of Object.keys(INDEXES).entries())
          await run.begin(fill(table as TableName, factor + 2), still);
        for (const [step, travel] of list) {
          await run.begin(step, travel);
          run.check();
          await run.travel(travel);
        }
        await run.settle();
        run.finish();
      }),
      { numRuns: 150 },
    );
  },
);
