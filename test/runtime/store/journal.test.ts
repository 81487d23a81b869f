import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Journal } from "../../../runtime/store/embedded/journal.js";
import { RecordWriter, type StoredWrite } from "../../../runtime/store/embedded/journal-record.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hetu-journal-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const records = new RecordWriter();

function append(journal: Journal, previous: number, position: number, writes: readonly StoredWrite[] = []): void {
  records.begin(previous, position);
  for (const write of writes) records.put(write);
  journal.append(records.end(), position);
}

function opened(position = 0): { journal: Journal; positions: number[] } {
  const journal = new Journal(folder);
  return { journal, positions: journal.recover(position).map((record) => record.position) };
}

function segments(): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
}

test("what was appended is found again, byte for byte", () => {
  const bytes = fc.uint8Array({ maxLength: 300 });
  const write = fc.record({ key: bytes, value: fc.option(bytes, { nil: undefined }) });
  fc.assert(
    fc.property(fc.array(fc.array(write, { maxLength: 5 }), { minLength: 1, maxLength: 8 }), (batches) => {
      const { journal } = opened();
      batches.forEach((writes, i) => append(journal, i, i + 1, writes));
      journal.close();
      const again = new Journal(folder);
      const found = again.recover(0);
      expect(found.map(({ position }) => position)).toEqual(batches.map((_, i) => i + 1));
      expect(found.map(({ writes }) => writes.map(plain))).toEqual(batches.map((writes) => writes.map(plain)));
      again.discard();
      expect(segments()).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

function plain({ key, value }: StoredWrite): unknown {
  return { key: [...key], value: value === undefined ? undefined : [...value] };
}

test("records that the database has already are left out", () => {
  const { journal } = opened();
  for (let i = 0; i < 5; i++) append(journal, i, i + 1);
  journal.close();
  expect(opened(3).positions).toEqual([4, 5]);
});

test("a file that was cut off at any byte gives every whole record, and goes on behind them", () => {
  const { journal } = opened();
  const key = new Uint8Array([1, 2, 3]);
  const ends: number[] = [];
  for (let i = 0; i < 4; i++) {
    append(journal, i, i + 1, [{ key, value: new Uint8Array(i * 7) }]);
    ends.push(readFileSync(segments()[0] ?? "").length);
  }
  journal.close();
  const [path = ""] = segments();
  const whole = readFileSync(path);
  for (let length = 0; length <= whole.length; length++) {
    writeFileSync(path, whole.subarray(0, length));
    const kept = ends.filter((end) => end <= length).length;
    const { journal: next, positions } = opened();
    expect(positions).toEqual([1, 2, 3, 4].slice(0, kept));
    append(next, kept, kept + 1);
    next.close();
    expect(opened().positions).toEqual([1, 2, 3, 4, 5].slice(0, kept + 1));
    for (const extra of segments().slice(1)) rmSync(extra);
  }
});

test("a damaged record ends the journal for good: what lies behind it can never come back", () => {
  const { journal } = opened();
  append(journal, 0, 1, [{ key: new Uint8Array([1]), value: new Uint8Array([1]) }]);
  append(journal, 1, 2, [{ key: new Uint8Array([2]), value: new Uint8Array([2]) }]);
  append(journal, 2, 3, [{ key: new Uint8Array([3]), value: new Uint8Array([3]) }]);
  journal.close();
  const [path = ""] = segments();
  const bytes = readFileSync(path);
  const second = bytes.length / 3;
  bytes[second + 20] = (bytes[second + 20] ?? 0) ^ 1;
  writeFileSync(path, bytes);

  const { journal: next, positions } = opened();
  expect(positions).toEqual([1]);
  append(next, 1, 5);
  next.close();
  expect(opened().positions).toEqual([1, 5]);
});

test("garbage at the end is cut off", () => {
  const { journal } = opened();
  append(journal, 0, 1);
  journal.close();
  appendFileSync(segments()[0] ?? "", Buffer.alloc(1000, 0xff));
  const { journal: next, positions } = opened();
  expect(positions).toEqual([1]);
  append(next, 1, 2);
  next.close();
  expect(opened().positions).toEqual([1, 2]);
});

test("segments that the database has on the disk are deleted, others stay", async () => {
  const large = { key: new Uint8Array([1]), value: new Uint8Array(20 * 2 ** 20) };
  const { journal } = opened();
  append(journal, 0, 1, [large]);
  append(journal, 1, 2, [large]);
  append(journal, 2, 3, [large]);
  expect(segments()).toHaveLength(2);
  await journal.flush();
  journal.release(1);
  expect(segments()).toHaveLength(2);
  journal.release(2);
  expect(segments()).toHaveLength(1);
  journal.release(3);
  append(journal, 3, 4);
  journal.close();
  expect(opened(3).positions).toEqual([4]);
  expect(readFileSync(segments()[0] ?? "").length).toBeLessThan(100);
});
