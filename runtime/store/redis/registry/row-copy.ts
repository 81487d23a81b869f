import { ID_BYTES, idBytes, keyAndId, readId } from "../../id-bytes.js";
import type { CarriedRow, Carrying, StoredRow } from "../../migration/carry.js";
import type { Findings } from "../../migration/findings.js";
import type { WantedIndex } from "../../migration/wanted.js";
import type { RedisArgument, RedisLink } from "../link.js";
import { listOf, numberOf, textOf } from "./replies.js";
import type { CopyStep } from "./upgrade-plan.js";
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
 * @param stamp the version that rows get which another partition has counted.
 */
export function carryingOf(
  step: CopyStep,
  place: (key: PlacedKey) => KeyPlace,
  total: number,
  stamp: number,
): Carrying {
  const [from, kept] = [place(step.from), step.kept === undefined ? undefined : place(step.kept)];
  const version = Buffer.alloc(8);
  version.writeDoubleLE(stamp);
  return {
    plan: step.plan,
    indexes: step.indexes.map(({ index }) => index),
    total,
    batches: () => rowsOf(from),
    ...(kept === undefined ? {} : { kept: (ids) => rowsWith(kept, ids) }),
    async write(rows) {
      const stamped = step.isMove ? rows.map((row) => ({ ...row, bytes: restamped(row.bytes, version) })) : rows;
      // Where the rows go to, those that are there already are newer.
      await write(step, step.isMerge ? await absent(step, place, stamped) : stamped, place);
    },
  };
}

async function* rowsOf({ link, key }: KeyPlace): AsyncIterable<readonly StoredRow[]> {
  let cursor = "0";
  do {
    const [next, flat] = listOf(await link.command("HSCAN", key, [cursor, "COUNT", ROWS]));
    const fields = listOf(flat ?? []) as readonly Buffer[];
    const rows: StoredRow[] = [];
    for (let i = 0; i < fields.length; i += 2) {
      rows.push({ id: readId(fields[i] as Buffer, 0), bytes: fields[i + 1] as Buffer });
    }
    yield rows;
    cursor = textOf(next);
  } while (cursor !== "0");
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

async function write(
  { to, ids, indexes }: CopyStep,
  rows: readonly CarriedRow[],
  place: (key: PlacedKey) => KeyPlace,
): Promise<void> {
  if (rows.length === 0) return;
  const send = async (key: PlacedKey, command: string, args: readonly RedisArgument[]): Promise<void> => {
    const { link, key: name } = place(key);
    await link.command(command, name, args);
  };
  const writes = indexes.map(({ to: key }, i) =>
    send(
      key,
      "ZADD",
      rows.flatMap(({ id, keys }) => [0, keyAndId(keys[i] as Uint8Array, id)]),
    ),
  );
  if (ids !== undefined) {
    const members = rows.flatMap(({ id }) => [0, keyAndId(idBytes(id), id)]);
    writes.push(send(ids, "ZADD", members));
  }
  if (to !== undefined) {
    const fields = rows.flatMap(({ id, bytes }) => [idBytes(id), Buffer.from(bytes)]);
    writes.push(send(to, "HSET", fields));
  }
  await Promise.all(writes);
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
