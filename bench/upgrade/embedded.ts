import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ByteWriter } from "../../runtime/codegen/byte-writer.js";
import { startKey } from "../../runtime/codegen/key-writer.js";
import { readContents } from "../../runtime/store/embedded/catalogue.js";
import { EmbeddedStore } from "../../runtime/store/embedded/embedded-store.js";
import { rowKey, spaceEnd, spaceKey } from "../../runtime/store/embedded/key-space.js";
import { type Lmdb, openLmdb, writeNow } from "../../runtime/store/embedded/lmdb.js";
import { planEmbedded, upgradeEmbedded } from "../../runtime/store/embedded/upgrade.js";
import { AFTER, BEFORE, packed, TABLE } from "./accounts.js";
import { peakOf, type Upgraded } from "./peak.js";

/** As many rows as the upgrade takes at once. */
const BATCH = 1000;

/** The upgrade on the embedded store, and a loop that reads every row and writes it and its key elsewhere as it is. */
export async function measureEmbedded(rows: number): Promise<Upgraded> {
  const path = mkdtempSync(join(tmpdir(), "hetu-bench-upgrade-"));
  try {
    const store = EmbeddedStore.open({ path });
    store.applySchema(BEFORE);
    await store.close();
    const lmdb = openLmdb(path);
    const table = readContents(lmdb).namespaces[BEFORE.namespace]?.tables[TABLE];
    const [index] = Object.values(table?.indexes ?? {});
    if (table === undefined || index === undefined) throw new Error(`the catalogue has no table ${TABLE}`);
    for (let from = 0; from < rows; from += BATCH) {
      writeNow(lmdb, () => {
        for (let i = from; i < Math.min(rows, from + BATCH); i++) put(lmdb, table.space, index.space, i, packed(i));
      });
    }
    await lmdb.flushed;
    const bare = await peakOf(() => copy(lmdb, table.space));
    await lmdb.close();
    const plan = await peakOf(() => planEmbedded(path, AFTER, {}));
    const upgrade = await peakOf(() => upgradeEmbedded(path, AFTER, {}));
    return { rows, bare, plan, upgrade };
  } finally {
    rmSync(path, { recursive: true, force: true });
  }
}

const writer = new ByteWriter();

function put(lmdb: Lmdb, rows: number, keys: number, number: number, bytes: Uint8Array): void {
  const id = BigInt(number) * 4096n;
  void lmdb.put(rowKey(rows, id), bytes);
  const key = startKey();
  key.i32(number);
  writer.reset();
  writer.i64(id);
  void lmdb.put(spaceKey(keys, key.finish()), writer.finish());
}

/** Into spaces that nothing else uses, which are emptied with the folder. */
async function copy(lmdb: Lmdb, space: number): Promise<void> {
  let start = spaceKey(space, new Uint8Array(0));
  for (let number = 0; ;) {
    const entries = [...lmdb.getRange({ start, end: spaceEnd(space), limit: BATCH, exclusiveStart: number > 0 })];
    const last = entries.at(-1);
    if (last === undefined) break;
    writeNow(lmdb, () => {
      for (const { value } of entries) put(lmdb, 60_000, 60_001, number++, value);
    });
    start = Buffer.from(last.key);
    await new Promise(setImmediate);
  }
  await lmdb.flushed;
}
