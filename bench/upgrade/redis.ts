import { startKey } from "../../runtime/codegen/key-writer.js";
import { keyAndId, idBytes } from "../../runtime/store/id-bytes.js";
import { parseRedisUrl } from "../../runtime/store/redis/address.js";
import type { RedisLink, RedisReply } from "../../runtime/store/redis/link.js";
import { openLink } from "../../runtime/store/redis/open-link.js";
import { targetOf } from "../../runtime/store/redis/registry/target.js";
import { planUpgrade, upgrade } from "../../runtime/store/redis/registry/upgrade.js";
import { startRedis } from "../redis/redis-server.js";
import { AFTER, BEFORE, packed, TABLE } from "./accounts.js";
import { peakOf, type Upgraded } from "./peak.js";

/** As many rows as the upgrade takes at once. */
const BATCH = 500;
const TAG = "{hetu:bench}";

/** The upgrade on a Redis of its own, and a loop that reads every row and writes it and its keys elsewhere as it is. */
export async function measureRedis(rows: number): Promise<Upgraded> {
  const server = await startRedis();
  const link = await openLink(parseRedisUrl(server.url));
  try {
    const { catalogue } = targetOf(BEFORE, undefined);
    const table = catalogue.namespaces[BEFORE.namespace]?.tables[TABLE];
    const [index] = Object.values(table?.indexes ?? {});
    if (table === undefined || index === undefined) throw new Error(`the catalogue has no table ${TABLE}`);
    const partition = `{hetu:bench:${catalogue.places[TABLE] ?? 0}}`;
    await link.command("SET", `${TAG}:catalogue`, [JSON.stringify(catalogue)]);
    const keys = { rows: `${partition}:t${table.space}`, ids: `${partition}:i${table.space}` };
    const own = { ...keys, index: `${partition}:i${index.space}` };
    for (let from = 0; from < rows; from += BATCH) {
      const numbers = Array.from({ length: Math.min(BATCH, rows - from) }, (_, i) => from + i);
      await put(
        link,
        own,
        numbers.map((number) => ({ number, id: BigInt(number) * 4096n, bytes: packed(number) })),
      );
    }
    const bare = await peakOf(() => copy(link, keys, partition));
    const options = { tag: TAG, link: () => link };
    const plan = await peakOf(() => planUpgrade(options, AFTER));
    const done = await peakOf(() => upgrade(options, AFTER));
    return { rows, bare, plan, upgrade: done };
  } finally {
    await link.close();
    await server.stop();
  }
}

interface Keys {
  readonly rows: string;
  readonly ids: string;
  readonly index: string;
}

async function put(
  link: RedisLink,
  keys: Keys,
  rows: readonly { readonly number: number; readonly id: bigint; readonly bytes: Uint8Array }[],
): Promise<void> {
  const fields = rows.flatMap(({ id, bytes }) => [idBytes(id), Buffer.from(bytes)]);
  const ids = rows.flatMap(({ id }) => [0, keyAndId(idBytes(id), id)]);
  const members = rows.flatMap(({ number, id }) => {
    const key = startKey();
    key.i32(number);
    return [0, keyAndId(key.finish(), id)];
  });
  await Promise.all([
    link.command("HSET", keys.rows, fields),
    link.command("ZADD", keys.ids, ids),
    link.command("ZADD", keys.index, members),
  ]);
}

async function copy(link: RedisLink, keys: Omit<Keys, "index">, partition: string): Promise<void> {
  const to = { rows: `${partition}:t60000`, ids: `${partition}:i60000`, index: `${partition}:i60001` };
  let start: Buffer | string = "-";
  for (let number = 0; ;) {
    const page = listOf(await link.command("ZRANGE", keys.ids, [start, "+", "BYLEX", "LIMIT", 0, BATCH]));
    const last = page.at(-1);
    if (last === undefined) break;
    start = Buffer.concat([Buffer.from("("), last]);
    const found = listOf(
      await link.command(
        "HMGET",
        keys.rows,
        page.map((member) => Buffer.from(member.subarray(0, 8))),
      ),
    );
    await put(
      link,
      to,
      found.map((bytes) => ({ bytes, id: BigInt(number) * 4096n, number: number++ })),
    );
  }
  for (const key of Object.values(to)) await link.command("UNLINK", key, []);
}

function listOf(reply: RedisReply): readonly Buffer[] {
  return reply as readonly Buffer[];
}
