import fc from "fast-check";
import { it } from "vitest";
import { LONGER } from "../../longer.js";
import { onTopologies, TOPOLOGIES } from "../topologies.js";
import { RandomRun } from "./random-run.js";
import { fill, INDEXES, steps, type TableName } from "./random-steps.js";

onTopologies(TOPOLOGIES, (stores) => {
  it("every view, in whichever process, equals a fresh query after every step", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const store = await stores.open();
        const beside = await stores.beside(store);
        const run = beside === undefined ? new RandomRun(store) : new RandomRun(store, beside);
        for (const [at, table] of Object.keys(INDEXES).entries()) await run.take(fill(table as TableName, at + 2));
        for (const step of taken) {
          await run.take(step);
          run.check();
        }
        run.finish();
        if (beside !== undefined) await stores.end(beside);
        await stores.end(store);
      }),
      { numRuns: stores.runs(25), interruptAfterTimeLimit: 45_000 * LONGER },
    );
  });
});
