import { ID_BYTES, idBytes, keyAndId, readId } from "../../id-bytes.js";
import type { CarriedRow, Carrying } from "../../migration/carry.js";
import type { StoredRow } from "../../migration/stored-row.js";
import type { Findings } from "../../migration/findings.js";
import type { OldRows } from "../../migration/old-rows.js";
import type { WantedIndex } from "../../migration/wanted.js";
import type { RedisArgument, RedisLink } from "../link.js";
import { listOf, numberOf } from "./replies.js";
import type { StoredCatalogue } from "./stored-catalogue.js";
import { type CopyStep, placing } from "./upgrade-plan.js";
import { UpgradeTurnLostError } from "./upgrade-errors.js";
import { UPGRADE_WRITE } from "./scripts.js";
import type { PlacedKey } from "./upgrade-turn.js";

/** A key and the way to it. */
export interface KeyPlace {
  readonly link: RedisLink;
  readonly key: string;
}

/** Rows that are read at once. */
const ROWS = 500;

/**
 * The rows of a step on their way. Taking a row twice does no harm.
 * @param old what migrations may read.
 * @param stamp the version that rows get which another partition has counted.
 */
export function carryingOf(
  step: CopyStep,
  place: (key: PlacedKey) => KeyPlace,
  old: OldRows,
  total: number,
  stamp: number,
): Omit<Carrying, "write"> {
  const kept = step.kept === undefined ? undefined : place(step.kept);
  return {
    plan: step.plan,
    indexes: step.indexes.map(({ index }) => index),
    total,
    old,
    batches: (after) => batchesOf(place(step.from), place(step.fromIds), after, step.isMove ? stamp : undefined),
    ...(kept === undefined ? {} : { kept: (ids) => rowsWith(kept, ids) }),
  };
}

/**
 * Writes rows of a step.
 * @param token that the partition takes rows of.
 * @throws UpgradeTurnLostError when it takes those of another one now.
 */
export async function writeRows(
  step: CopyStep,
  place: (key: PlacedKey) => KeyPlace,
  rows: readonly CarriedRow[],
  token: string,
): Promise<void> {
  // Where the rows go to, those that are there already are newer.
  const left = step.isMerge ? await absent(step, place, rows) : rows;
  if (left.length === 0) return;
  const keys: string[] = [];
  const args: RedisArgument[] = [token];
  const add = ([, key]: PlacedKey, command: string, words: readonly RedisArgument[]): void => {
    keys.push(key);
    args.push(command, words.length, ...words);
  };
  for (const [i, { to }] of step.indexes.entries()) {
    const members = left.flatMap(({ id, keys: own }) => [0, keyAndId(own[i] as Uint8Array, id)]);
    add(to, "ZADD", members);
  }
  if (step.ids !== undefined) {
    const members = left.flatMap(({ id }) => [0, keyAndId(idBytes(id), id)]);
    add(step.ids, "ZADD", members);
  }
  if (step.to !== undefined) {
    const fields = left.flatMap(({ id, bytes }) => [idBytes(id), Buffer.from(bytes)]);
    add(step.to, "HSET", fields);
  }
  const { link, key: meta } = place(step.meta);
  if (numberOf(await link.run(UPGRADE_WRITE, [meta, ...keys], args)) !== 1) throw new UpgradeTurnLostError();
}

/**
 * In the order of the ids, so that one may go on behind any of them; a scan of a hash could not, once its server was
 * started again.
 */
async function* batchesOf(
  rows: KeyPlace,
  ids: KeyPlace,
  after?: bigint,
  stamp?: number,
): AsyncIterable<readonly StoredRow[]> {
  const version = Buffer.alloc(8);
  version.writeDoubleLE(stamp ?? 0);
  const pageAfter = async (last: Buffer | undefined): Promise<readonly Buffer[]> => {
    const start: RedisArgument = last === undefined ? "-" : Buffer.concat([Buffer.from("("), last]);
    const page = listOf(await ids.link.command("ZRANGE", ids.key, [start, "+", "BYLEX", "LIMIT", 0, ROWS]));
    return (page as readonly Buffer[]).map((member) => Buffer.from(member));
  };
  let page = await pageAfter(after === undefined ? undefined : keyAndId(idBytes(after), after));
  while (page.length > 0) {
    const own = page.map((member) => readId(member, 0));
    // The next page is on its way meanwhile.
    const [found, next] = await Promise.all([rowsWith(rows, own), pageAfter(page.at(-1))]);
    yield own.flatMap((id, i) => {
      const bytes = found[i];
      return bytes === undefined ? [] : [{ id, bytes: stamp !== undefined ? restamped(bytes, version) : bytes }];
    });
    page = next;
  }
}

/** The rows of the tables of a namespace. */
export function oldRowsOf(
  { namespaces, partitions, places }: StoredCatalogue,
  namespace: string,
  tag: string,
  placeOf: (key: PlacedKey) => KeyPlace,
): OldRows {
  const tables = namespaces[namespace]?.tables ?? {};
  const placed = placing(partitions, tag);
  const keyOf = (table: string, kind: "t" | "i"): KeyPlace =>
    placeOf(placed(places[table] ?? 0, `${kind}${tables[table]?.space ?? 0}`));
  return {
    tables,
    get: async (table, id) => (await rowsWith(keyOf(table, "t"), [id]))[0],
    batches: (table) => batchesOf(keyOf(table, "t"), keyOf(table, "i")),
  };
}

async function rowsWith({ link, key }: KeyPlace, ids: readonly bigint[]): Promise<(Uint8Array | undefined)[]> {
  if (ids.length === 0) return [];
  const found = listOf(await link.command("HMGET", key, ids.map(idBytes)));
  return found.map((value) => (value instanceof Uint8Array ? value : undefined));
}

function restamped(bytes: Uint8Array, version: Buffer): Uint8Array {
  const copy = new Uint8Array(bytes);
  copy.set(version);
  return copy;
}

/** Notes two rows that have the same key of a unique index. */
export async function findDuplicates(index: WantedIndex, { link, key }: KeyPlace, found: Findings): Promise<void> {
  let last: Buffer | undefined;
  for (;;) {
    const from: RedisArgument = last === undefined ? "-" : Buffer.concat([Buffer.from("("), last]);
    const page = listOf(await link.command("ZRANGE", key, [from, "+", "BYLEX", "LIMIT", 0, ROWS])) as readonly Buffer[];
    for (const member of page) {
      if (last !== undefined && keyOf(last).equals(keyOf(member))) {
        found.duplicate(index.name, [readId(last, last.length - ID_BYTES), readId(member, member.length - ID_BYTES)]);
        return;
      }
      last = Buffer.from(member);
    }
    if (page.length < ROWS) return;
  }
}

export async function countRows({ link, key }: KeyPlace): Promise<number> {
  return numberOf(await link.command("HLEN", key, []));
}

/** Leaves out rows that are there by their id, or by a unique key. */
async function absent(
  step: CopyStep,
  place: (key: PlacedKey) => KeyPlace,
  rows: readonly CarriedRow[],
): Promise<CarriedRow[]> {
  const left: CarriedRow[] = [];
  for (const row of rows) if (!(await isThere(step, place, row))) left.push(row);
  return left;
}

async function isThere(
  { to, indexes }: CopyStep,
  place: (key: PlacedKey) => KeyPlace,
  { id, keys }: CarriedRow,
): Promise<boolean> {
  if (to !== undefined) {
    const { link, key } = place(to);
    if (numberOf(await link.command("HEXISTS", key, [idBytes(id)])) === 1) return true;
  }
  for (const [i, { index, to: target }] of indexes.entries()) {
    const key = keys[i];
    if (!index.unique || key === undefined) continue;
    const { link, key: name } = place(target);
    const args = [Buffer.concat([Buffer.from("["), key]), "+", "BYLEX", "LIMIT", 0, 1];
    const [member] = listOf(await link.command("ZRANGE", name, args));
    if (member instanceof Uint8Array && keyOf(member).equals(key)) return true;
  }
  return false;
}

function keyOf(member: Uint8Array): Buffer {
  return Buffer.from(member.buffer, member.byteOffset, member.length - ID_BYTES);
}
