import { crc32 } from "node:zlib";
import { ByteWriter } from "../../codegen/byte-writer.js";

/** One value of LMDB; `undefined`: the key is removed. */
export interface StoredWrite {
  readonly key: Uint8Array;
  readonly value: Uint8Array | undefined;
}

/** The commits after `previous` up to `position`, as what they leave in LMDB. */
export interface JournalRecord {
  readonly previous: number;
  readonly position: number;
  readonly writes: readonly StoredWrite[];
}

/*
 * record  = length:u32 checksum:u32 payload          the length is that of the payload, the checksum its CRC-32
 * payload = previous:f64 position:f64 entry*
 * entry   = keyLength:u16 valueLength:u32 key value  valueLength ABSENT: the key is removed
 * All numbers little-endian.
 */
const HEADER_BYTES = 8;
const POSITIONS_BYTES = 16;
const ENTRY_BYTES = 6;
const ABSENT = 0xffff_ffff;

/** Puts records together. One writer serves them all, one after the other. */
export class RecordWriter {
  readonly #bytes = new ByteWriter(1 << 16);

  /** Begins a record. */
  begin(previous: number, position: number): void {
    const bytes = this.#bytes.reset();
    bytes.f64(0);
    bytes.f64(previous);
    bytes.f64(position);
  }

  put({ key, value }: StoredWrite): void {
    const bytes = this.#bytes;
    bytes.u16(key.length);
    bytes.u32(value === undefined ? ABSENT : value.length);
    bytes.raw(key);
    if (value !== undefined) bytes.raw(value);
  }

  /** The record, valid until the next `begin`. */
  end(): Uint8Array {
    const record = this.#bytes.peek();
    const payload = record.subarray(HEADER_BYTES);
    const header = new DataView(record.buffer, record.byteOffset, HEADER_BYTES);
    header.setUint32(0, payload.length, true);
    header.setUint32(4, crc32(payload), true);
    return record;
  }
}

/** The records of a segment and where each ends, up to the first that is cut off or damaged. */
export function* readRecords(segment: Buffer): Generator<{ readonly record: JournalRecord; readonly end: number }> {
  for (let start = 0; start + HEADER_BYTES <= segment.length;) {
    const length = segment.readUInt32LE(start);
    const end = start + HEADER_BYTES + length;
    if (length < POSITIONS_BYTES || end > segment.length) return;
    const payload = segment.subarray(start + HEADER_BYTES, end);
    if (crc32(payload) !== segment.readUInt32LE(start + 4)) return;
    yield { record: readPayload(payload), end };
    start = end;
  }
}

function readPayload(payload: Buffer): JournalRecord {
  const writes: StoredWrite[] = [];
  for (let at = POSITIONS_BYTES; at < payload.length;) {
    const keyLength = payload.readUInt16LE(at);
    const valueLength = payload.readUInt32LE(at + 2);
    at += ENTRY_BYTES;
    const key = payload.subarray(at, at + keyLength);
    at += keyLength;
    if (valueLength === ABSENT) {
      writes.push({ key, value: undefined });
    } else {
      writes.push({ key, value: payload.subarray(at, at + valueLength) });
      at += valueLength;
    }
  }
  return { previous: payload.readDoubleLE(0), position: payload.readDoubleLE(8), writes };
}
