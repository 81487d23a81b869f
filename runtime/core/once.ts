import { idIndex } from "../codegen/id-index.js";
import { Row } from "../codegen/row.js";
import type { ComponentCodec, IndexCodec } from "../schema/component.js";
import { columnIndex } from "./column-index.js";

const NAME = "core.Once";
const NO_BYTES = new Uint8Array(0);

/** The stored outcome of one `@once` call. Rows are inserted and deleted, never changed. */
export class OnceRow extends Row {
  constructor(
    id: bigint,
    version: number,
    /** Time in the call's id, in milliseconds since 1970. */
    readonly at: number,
    /** SHA-256 of caller, system and the call's id. */
    readonly key: Uint8Array,
    /** SHA-256 of the arguments. */
    readonly argumentsHash: Uint8Array,
    /** As MessagePack. */
    readonly result: Uint8Array,
  ) {
    super(id, version);
  }

  override toObject(): Record<string, unknown> {
    const { id, at, key, argumentsHash, result } = this;
    return { id, at, key, argumentsHash, result };
  }
}

const keyIndex: IndexCodec<OnceRow> = {
  name: "key",
  columns: ["key"],
  properties: ["key"],
  unique: true,
  key: (row) => row.key,
  sameKey: (a, b) => Buffer.compare(a.key, b.key) === 0,
  // All keys have the same length, so none is the beginning of another.
  prefix: ([key]) => (key as Uint8Array | undefined) ?? NO_BYTES,
  fromWire: () => [],
};

/** The table behind `@once`. */
export const onceCodec: ComponentCodec<OnceRow> = {
  name: NAME,
  columns: [
    { name: "at", property: "at", type: "timestamp", visibility: "admin" },
    { name: "key", property: "key", type: "bytes(32)", visibility: "admin" },
    { name: "arguments_hash", property: "argumentsHash", type: "bytes(32)", visibility: "admin" },
    { name: "result", property: "result", type: "bytes(4294967295)", visibility: "admin" },
  ],
  indexes: [
    idIndex(NAME),
    keyIndex,
    columnIndex<"at", number, OnceRow>(NAME, "at", { unique: false, write: (key, value) => key.timestamp(value) }),
  ],
  readers: "admin",
  rules: [],
  volatile: false,
  hasHiddenColumns: false,
  create(id, values) {
    const { at, key, argumentsHash, result } = values as unknown as OnceRow;
    return new OnceRow(id, 0, at, key, argumentsHash, result);
  },
  assign() {
    throw new TypeError(`rows of ${NAME} are never changed`);
  },
  missing: () => undefined,
  decode: (id, version, reader) =>
    new OnceRow(id, version, reader.timestamp(), reader.blob(), reader.blob(), reader.blob()),
  encode(row, writer) {
    writer.timestamp(row.at);
    writer.blob(row.key);
    writer.blob(row.argumentsHash);
    writer.blob(row.result);
  },
  clone: (row) => new OnceRow(row.id, row.$version, row.at, row.key, row.argumentsHash, row.result),
  ownerOf: () => undefined,
  writeMap(row, writer) {
    writer.mapHeader(5);
    writer.string("id");
    writer.bigint(row.id);
    writer.string("at");
    writer.int(row.at);
    writer.string("key");
    writer.bin(row.key);
    writer.string("arguments_hash");
    writer.bin(row.argumentsHash);
    writer.string("result");
    writer.bin(row.result);
  },
};
