import { ByteReader } from "../../../codegen/byte-reader.js";
import type { Commit, RowChange } from "../../contract.js";
import {
  ABSENT,
  FEED_FORMAT,
  FeedFormatError,
  FORMAT_AT,
  HAS_AFTER,
  HAS_BEFORE,
  NONCE_AT,
  PREVIOUS_BYTES,
  TOKEN_AT,
  TOKEN_LENGTH_AT,
  WORKER_AT,
} from "./entry-format.js";
import type { FeedTables } from "./feed-tables.js";
import { NONCE_BYTES, sameBytes } from "./nonce.js";

const NO_BYTES = new Uint8Array(0);
const VALUE_NONCE_AT = PREVIOUS_BYTES + NONCE_AT;

/** Whether a value of the stream follows the entry with this nonce. */
export function follows(value: Buffer, nonce: Uint8Array): boolean {
  return sameBytes(value, 0, nonce, 0, NONCE_BYTES);
}

/** Copies the nonce of a value of the stream. */
export function copyNonce(value: Buffer, target: Uint8Array): void {
  for (let i = 0; i < NONCE_BYTES; i++) target[i] = value[VALUE_NONCE_AT + i] as number;
}

/** @throws FeedFormatError when another version of hetu has written it. */
export function checkFormat(value: Buffer): void {
  const format = value[PREVIOUS_BYTES + FORMAT_AT] ?? 0;
  if (format !== FEED_FORMAT) throw new FeedFormatError(format);
}

export function isWriter(value: Buffer, worker: number, token: Uint8Array): boolean {
  return (
    value.readUInt16LE(PREVIOUS_BYTES + WORKER_AT) === worker &&
    value[PREVIOUS_BYTES + TOKEN_LENGTH_AT] === token.length &&
    sameBytes(value, PREVIOUS_BYTES + TOKEN_AT, token, 0, token.length)
  );
}

/** The number that the commit has among those of its writer. */
export function numberOf(value: Buffer): number {
  return value.readDoubleLE(numberAt(value));
}

/** Reads commits out of values of the stream; one reader serves them all. */
export class EntryDecoder {
  readonly #reader = new ByteReader(NO_BYTES);
  #tables: FeedTables;

  constructor(tables: FeedTables) {
    this.#tables = tables;
  }

  use(tables: FeedTables): void {
    this.#tables = tables;
  }

  /** Copies all that it keeps. Changes of tables that this process does not have are left out. */
  decode(position: number, value: Buffer, own: boolean): Commit {
    let at = numberAt(value) + 8;
    const length = value.readUInt32LE(at);
    at += 4;
    let message: Uint8Array | undefined;
    if (length !== ABSENT) {
      message = new Uint8Array(value.subarray(at, at + length));
      at += length;
    }
    const changes: RowChange[] = [];
    while (at < value.length) {
      const end = at + 4 + value.readUInt32LE(at);
      const change = this.#change(value.subarray(at + 4, end), position);
      if (change !== undefined) changes.push(change);
      at = end;
    }
    return { position, changes, message, own };
  }

  #change(bytes: Buffer, position: number): RowChange | undefined {
    const reader = this.#reader.reset(bytes);
    const table = this.#tables.tableOf(reader.u16());
    if (table === undefined) return undefined;
    const id = reader.i64();
    const flags = reader.u8();
    const before = (flags & HAS_BEFORE) === 0 ? undefined : table.codec.decode(id, reader.f64(), reader);
    const after = (flags & HAS_AFTER) === 0 ? undefined : table.codec.decode(id, position, reader);
    return { table, id, before, after };
  }
}

function numberAt(value: Buffer): number {
  return PREVIOUS_BYTES + TOKEN_AT + (value[PREVIOUS_BYTES + TOKEN_LENGTH_AT] as number);
}
