import { ByteReader } from "../../../codegen/byte-reader.js";
import type { ComponentCodec, IndexCodec } from "../../../schema/component.js";
import type { SchemaChange } from "../../errors.js";
import { ID_BYTES, keyAndId, readId } from "../../id-bytes.js";
import { duplicatesOf } from "../../schema/schema-diff.js";
import type { RedisArgument, RedisLink } from "../link.js";
import { listOf, numberOf, textOf } from "./replies.js";

/** A key and the way to it. */
export interface KeyPlace {
  readonly link: RedisLink;
  readonly key: string;
}

export interface RowCopy {
  readonly from: KeyPlace;
  /** `undefined`: the rows stay where they are. */
  readonly to: KeyPlace | undefined;
  readonly codec: ComponentCodec;
  /** Those to be filled. */
  readonly indexes: readonly { readonly index: IndexCodec; readonly to: KeyPlace }[];
  /** What becomes of a row's bytes. */
  readonly convert: (row: Uint8Array) => Uint8Array;
  /** Leaves out rows that `to` has already by their id, or by a unique key: there they are newer. */
  readonly onlyAbsent: boolean;
  /** Called with the number of rows that were read, again and again. */
  readonly onRows: (count: number) => void;
}

/** Rows that are read at once. */
const ROWS = 500;

/** Copies rows, fills their indexes, or both. Doing it twice does no harm. */
export async function copyRows(copy: RowCopy): Promise<void> {
  const { from, to, codec, indexes } = copy;
  const reader = new ByteReader(new Uint8Array(0));
  for (let cursor = "0"; ;) {
    const [next, flat] = listOf(await from.link.command("HSCAN", from.key, [cursor, "COUNT", ROWS]));
    const fields = listOf(flat ?? []) as readonly Buffer[];
    const rows: RedisArgument[] = [];
    const members: RedisArgument[][] = indexes.map(() => []);
    for (let i = 0; i < fields.length; i += 2) {
      const [field, value] = [fields[i] as Buffer, fields[i + 1] as Buffer];
      const id = readId(field, 0);
      const bytes = copy.convert(value);
      reader.reset(bytes);
      const row = codec.decode(id, reader.f64(), reader);
      const keys = indexes.map(({ index }) => index.key(row));
      if (copy.onlyAbsent && (await isThere(copy, field, keys))) continue;
      rows.push(Buffer.from(field), Buffer.from(bytes));
      keys.forEach((key, each) => members[each]?.push(0, keyAndId(key, id)));
    }
    const writes = indexes.map(({ to: { link, key } }, each) => write(link, "ZADD", key, members[each] ?? []));
    if (to !== undefined) writes.push(write(to.link, "HSET", to.key, rows));
    await Promise.all(writes);
    copy.onRows(fields.length / 2);
    cursor = textOf(next);
    if (cursor === "0") return;
  }
}

/** @returns two rows that have the same key of a unique index, as a change that cannot be made. */
export async function duplicatesUnder(
  table: string,
  index: IndexCodec,
  { link, key }: KeyPlace,
): Promise<SchemaChange | undefined> {
  let last: Buffer | undefined;
  for (;;) {
    const from: RedisArgument = last === undefined ? "-" : Buffer.concat([Buffer.from("("), last]);
    const page = listOf(await link.command("ZRANGE", key, [from, "+", "BYLEX", "LIMIT", 0, ROWS])) as readonly Buffer[];
    for (const member of page) {
      if (last !== undefined && keyOf(last).equals(keyOf(member))) {
        return duplicatesOf(table, index, [
          readId(last, last.length - ID_BYTES),
          readId(member, member.length - ID_BYTES),
        ]);
      }
      last = Buffer.from(member);
    }
    if (page.length < ROWS) return undefined;
  }
}

export async function countRows({ link, key }: KeyPlace): Promise<number> {
  return numberOf(await link.command("HLEN", key, []));
}

async function isThere(copy: RowCopy, field: Buffer, keys: readonly Uint8Array[]): Promise<boolean> {
  const { to, indexes } = copy;
  if (to !== undefined && numberOf(await to.link.command("HEXISTS", to.key, [Buffer.from(field)])) === 1) return true;
  for (const [i, { index, to: place }] of indexes.entries()) {
    const key = keys[i];
    if (!index.unique || key === undefined) continue;
    const args = [Buffer.concat([Buffer.from("["), key]), "+", "BYLEX", "LIMIT", 0, 1];
    const [member] = listOf(await place.link.command("ZRANGE", place.key, args));
    if (member instanceof Uint8Array && keyOf(member).equals(key)) return true;
  }
  return false;
}

function keyOf(member: Uint8Array): Buffer {
  return Buffer.from(member.buffer, member.byteOffset, member.length - ID_BYTES);
}

async function write(link: RedisLink, command: string, key: string, args: readonly RedisArgument[]): Promise<void> {
  if (args.length > 0) await link.command(command, key, args);
}
