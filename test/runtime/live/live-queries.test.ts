import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { EmbeddedStore } from "../../../runtime/store/embedded/embedded-store.js";
import { schema } from "../../fixtures/world/generated/server-ts/world/index.js";
import { MemoryStore } from "./memory-store.js";
import { RandomRun } from "./random-run.js";
import { fill, INDEXES, type Step, steps, type TableName } from "./random-steps.js";

async function run(store: MemoryStore | EmbeddedStore, taken: readonly Step[]): Promise<void> {
  const random = new RandomRun(store);
  for (const [at, table] of Object.keys(INDEXES).entries()) await random.take(fill(table as TableName, at + 2));
  for (const step of taken) {
    await random.take(step);
    random.check();
  }
  random.finish();
}

test("every view equals a fresh query after every step", async () => {
  await fc.assert(
    fc.asyncProperty(steps, (taken) => run(new MemoryStore(schema), taken)),
    { numRuns: 400 },
  );
});

test("every view equals a fresh query after every step on the embedded store too", async () => {
  const folder = mkdtempSync(join(tmpdir(), "hetu-live-"));
  let runs = 0;
  try {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const store = EmbeddedStore.open({ path: join(folder, String(runs++)), mapBytes: 2 ** 24 });
        try {
          store.applySchema(schema);
          await run(store, taken);
        } finally {
          await store.close();
        }
      }),
      { numRuns: 40 },
    );
    expect(runs).toBeGreaterThanOrEqual(40);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
