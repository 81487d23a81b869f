import { idIndex } from "../codegen/id-index.js";
import { entries, Row } from "../codegen/row.js";
import type { ComponentCodec } from "../schema/component.js";
import { columnIndex } from "./column-index.js";

const NAME = "core.Kick";

/** A user all of whose connections but one have been ended. Its id is the user's. */
export class KickRow extends Row {
  #epoch: number;
  #at: bigint;

  constructor(id: bigint, version: number, epoch: number, at: bigint) {
    super(id, version);
    this.#epoch = epoch;
    this.#at = at;
  }

  /** Grows with every kick, and is never less than the time in seconds: who logged in when it was smaller was kicked. */
  get epoch(): number {
    return this.#epoch;
  }

  set epoch(value: number) {
    this.$tracker?.beforeChange(this);
    this.#epoch = value;
  }

  /** The last time, as a snowflake: for logins in another store, where the epoch is another one. */
  get at(): bigint {
    return this.#at;
  }

  set at(value: bigint) {
    this.$tracker?.beforeChange(this);
    this.#at = value;
  }

  override toObject(): Record<string, unknown> {
    const { id, epoch, at } = this;
    return { id, epoch, at };
  }
}

/** Where several processes share the store: what a session must be newer than to be resumed. */
export const kickCodec: ComponentCodec<KickRow> = {
  name: NAME,
  columns: [
    { name: "epoch", property: "epoch", type: "u32", visibility: "admin" },
    { name: "at", property: "at", type: "i64", visibility: "admin" },
  ],
  indexes: [
    idIndex(NAME),
    // For those that are not needed any more.
    columnIndex<"at", bigint, KickRow>(NAME, "at", { unique: false, write: (key, value) => key.i64(value) }),
  ],
  readers: "admin",
  rules: [],
  volatile: false,
  hasHiddenColumns: false,
  create(id, values) {
    const row = new KickRow(id, 0, 0, 0n);
    this.assign(row, values);
    return row;
  },
  assign(row, values) {
    for (const [name, value] of entries(values)) {
      if (name === "epoch") row.epoch = value as number;
      else if (name === "at") row.at = value as bigint;
    }
  },
  missing: () => undefined,
  decode: (id, version, reader) => new KickRow(id, version, reader.u32(), reader.i64()),
  encode(row, writer) {
    writer.u32(row.epoch);
    writer.i64(row.at);
  },
  clone: (row) => new KickRow(row.id, row.$version, row.epoch, row.at),
  ownerOf: () => undefined,
  writeMap(row, writer) {
    writer.mapHeader(3);
    writer.string("id");
    writer.bigint(row.id);
    writer.string("epoch");
    writer.int(row.epoch);
    writer.string("at");
    writer.bigint(row.at);
  },
};
