import fc from "fast-check";
import { expect, test } from "vitest";
import { ByteReader } from "../../../../runtime/codegen/byte-reader.js";
import type { RowChange } from "../../../../runtime/store/contract.js";
import { checkFormat, EntryDecoder, isWriter, numberOf } from "../../../../runtime/store/redis/feed/entry-decoder.js";
import { EntryEncoder, FeedFormatError, NONCE_AT, PREVIOUS_BYTES } from "../../../../runtime/store/redis/feed/entry.js";
import { NO_NONCE } from "../../../../runtime/store/redis/feed/nonce.js";
import { anyChange, anyRow, feedTables, TABLES, tableNamed } from "./feed-rows.js";

const WRITER = { worker: 1023, token: Buffer.from("0123456789abcdef") };

/** A change with the values of its rows, to compare with. */
function plain({ table, id, before, after }: RowChange): unknown {
  return {
    table: table.name,
    id,
    before: before && { version: before.$version, ...before.toObject() },
    after: after && { version: after.$version, ...after.toObject() },
  };
}

/** As commit.lua puts it into the stream, somewhere in the memory of a larger reply. */
function stored(entry: Buffer): Buffer {
  const reply = Buffer.alloc(PREVIOUS_BYTES + entry.length + 40, 0xee);
  reply.set(NO_NONCE, 20);
  reply.set(entry, 20 + PREVIOUS_BYTES);
  return reply.subarray(20, 20 + PREVIOUS_BYTES + entry.length);
}

test("An entry gives back what was put into it, of every component", () => {
  const encoder = new EntryEncoder(feedTables());
  const decoder = new EntryDecoder(feedTables());
  const seen = new Set<string>();
  fc.assert(
    fc.property(
      fc.array(anyChange, { minLength: 1, maxLength: 6 }),
      fc.option(fc.uint8Array({ maxLength: 300 }), { nil: undefined }),
      fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
      (changes, message, number) => {
        const value = stored(encoder.encode(WRITER, number, changes, message));
        checkFormat(value);
        expect(isWriter(value, WRITER.worker, WRITER.token)).toBe(true);
        expect(isWriter(value, WRITER.worker - 1, WRITER.token)).toBe(false);
        expect(isWriter(value, WRITER.worker, WRITER.token.subarray(1))).toBe(false);
        expect(numberOf(value)).toBe(number);
        const position = 2 ** 40 + 7;
        const commit = decoder.decode(position, value, false);
        value.fill(0);
        for (const { after } of changes) if (after !== undefined) after.$version = position;
        expect({ ...commit, changes: commit.changes.map(plain) }).toEqual({
          position,
          message,
          own: false,
          changes: changes.map(plain),
        });
        for (const { table } of changes) seen.add(table.name);
      },
    ),
    { numRuns: 300 },
  );
  expect([...seen].sort()).toEqual(TABLES.map(({ name }) => name).sort());
});

test("Changes of tables that a process does not have are left out, and the others are read", () => {
  fc.assert(
    fc.property(fc.array(anyChange, { maxLength: 6 }), fc.constantFrom(...TABLES), (changes, { name }) => {
      const value = stored(new EntryEncoder(feedTables()).encode(WRITER, 1, changes, undefined));
      const commit = new EntryDecoder(feedTables([name])).decode(5, value, false);
      for (const { after } of changes) if (after !== undefined) after.$version = 5;
      expect(commit.changes.map(plain)).toEqual(changes.filter(({ table }) => table.name !== name).map(plain));
    }),
    { numRuns: 100 },
  );
});

test("The encoder tells where the new rows are in the entry", () => {
  const encoder = new EntryEncoder(feedTables());
  fc.assert(
    fc.property(fc.array(anyChange, { maxLength: 4 }), (changes) => {
      const entry = encoder.encode(WRITER, 1, changes, undefined);
      changes.forEach(({ table, id, after }, i) => {
        const [start, end] = [encoder.rows[2 * i], encoder.rows[2 * i + 1]];
        if (after === undefined) {
          expect([start, end]).toEqual([0, 0]);
          return;
        }
        const row = table.codec.decode(id, 0, new ByteReader(entry.subarray(start, end)));
        expect(row.toObject()).toEqual(after.toObject());
      });
    }),
    { numRuns: 100 },
  );
});

test("Entries with the same content have different nonces", () => {
  const encoder = new EntryEncoder(feedTables());
  const nonces = new Set<string>();
  for (let i = 0; i < 2000; i++) {
    const entry = encoder.encode(WRITER, 1, [], undefined);
    nonces.add(entry.subarray(NONCE_AT, NONCE_AT + NO_NONCE.length).toString("hex"));
  }
  expect(nonces.size).toBe(2000);
});

test("An entry of another format is refused by its number", () => {
  const value = stored(new EntryEncoder(feedTables()).encode(WRITER, 1, [], undefined));
  value[PREVIOUS_BYTES] = 9;
  expect(() => checkFormat(value)).toThrow(FeedFormatError);
  expect(() => checkFormat(value)).toThrow("format 9");
});

test("A row of a table that is not of this store cannot be written", () => {
  const table = tableNamed("Thing");
  const [row] = fc.sample(anyRow(table, 1n, 0), 1);
  const change = { table, id: 1n, before: undefined, after: row };
  const encoder = new EntryEncoder(feedTables(["Thing"]));
  expect(() => encoder.encode(WRITER, 1, [change], undefined)).toThrow("table Thing is not one of this store");
});
