import type { RedisLink } from "../link.js";
import { controlKeys, instanceOf } from "./control-keys.js";
import { listOf, textOf } from "./replies.js";
import { DEFAULT_LEASE_TIME_MS } from "./timing.js";
import { type PlacedKey, UpgradeTurn } from "./upgrade-turn.js";

export interface ResetOptions {
  /** Hash tag of the control keys with its braces: `{hetu:<instance>}`. */
  readonly tag: string;
  /** The way to each Redis, by the name of the backend; `undefined`: the default store. */
  readonly links: ReadonlyMap<string | undefined, RedisLink>;
  /** A link to each server that has keys of a backend: several where it is a cluster. They are closed by this. */
  readonly servers: (backend: string | undefined) => Promise<readonly RedisLink[]>;
  /** Milliseconds after which another process may go on when this one is killed; default 10,000. */
  readonly leaseTime?: number;
}

const SCAN_COUNT = 1000;

/**
 * Deletes everything of an instance, and nothing else. Killed half-way, the next upgrade or reset deletes the rest, and
 * no server starts before.
 * @returns how many keys were deleted.
 * @throws InstanceRunningError while servers run; nothing was deleted.
 * @throws UpgradeRunningError
 */
export async function resetInstance(options: ResetOptions): Promise<number> {
  const { tag, links } = options;
  const keys = controlKeys(tag);
  const home = links.get(undefined);
  if (home === undefined) throw new Error("a reset needs a link to the default store");
  const turn = await UpgradeTurn.take(home, keys, instanceOf(tag), (options.leaseTime ?? DEFAULT_LEASE_TIME_MS) * 0.7);
  let count = 0;
  try {
    const own = new Set([keys.upgrade, keys.upgrader]);
    const numbers = { nextSpace: turn.before?.nextSpace ?? 0, nextPartition: turn.before?.nextPartition ?? 0 };
    for (;;) {
      const found = (await keysOf(options)).filter(([, key]) => !own.has(key));
      // A slot that moved to another node meanwhile may have been missed: only a look that finds nothing is the end.
      if (found.length === 0) break;
      await turn.note({ phase: "resetting", keys: found, ...numbers });
      for (const [backend, key] of found) await links.get(backend ?? undefined)?.command("UNLINK", key, []);
      count += found.length;
    }
    await turn.end();
    return count;
  } finally {
    turn.leave();
  }
}

/** How many keys a reset would delete now; changes nothing, and closes the links to the servers. */
export async function countKeys(options: ResetOptions): Promise<number> {
  return (await keysOf(options)).length;
}

async function keysOf({ tag, links, servers }: ResetOptions): Promise<PlacedKey[]> {
  const name = tag.slice(0, -1);
  const pattern = `${name.replace(/[\\*?[\]]/g, "\\$&")}[:}]*`;
  const placed: PlacedKey[] = [];
  for (const backend of links.keys()) {
    const found = new Set<string>();
    for (const server of await servers(backend)) {
      try {
        for (const key of await scan(server, pattern)) if (isOf(name, key)) found.add(key);
      } finally {
        await server.close();
      }
    }
    for (const key of found) placed.push([backend ?? null, key]);
  }
  return placed;
}

/** @param name the tag without its closing brace. */
function isOf(name: string, key: string): boolean {
  return key.startsWith(name) && /^(?::\d+)?\}:/.test(key.slice(name.length));
}

async function scan(server: RedisLink, pattern: string): Promise<string[]> {
  const keys: string[] = [];
  let cursor = "0";
  do {
    const [next, found] = listOf(await server.command("SCAN", cursor, ["MATCH", pattern, "COUNT", SCAN_COUNT]));
    for (const key of listOf(found ?? [])) keys.push(textOf(key));
    cursor = textOf(next);
  } while (cursor !== "0");
  return keys;
}
