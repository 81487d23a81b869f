import { idIndex } from "../codegen/id-index.js";
import { entries, Row } from "../codegen/row.js";
import type { ComponentCodec } from "../schema/component.js";

const NAME = "core.Connection";
const NO_BYTES = new Uint8Array(0);

/** A connection whose `@on(disconnect)` systems have not all run. Its id is the connection's. */
export class ConnectionRow extends Row {
  #state: Uint8Array;

  constructor(id: bigint, version: number, state: Uint8Array) {
    super(id, version);
    this.#state = state;
  }

  /** What these systems need to know of it, as MessagePack. */
  get state(): Uint8Array {
    return this.#state;
  }

  set state(value: Uint8Array) {
    this.$tracker?.beforeChange(this);
    this.#state = value;
  }

  override toObject(): Record<string, unknown> {
    return { id: this.id, state: this.#state };
  }
}

/** The table behind `@on(disconnect)`; empty when the schema has no such system. */
export const connectionCodec: ComponentCodec<ConnectionRow> = {
  name: NAME,
  columns: [{ name: "state", property: "state", type: "bytes(4294967295)", visibility: "admin" }],
  indexes: [idIndex(NAME)],
  readers: "admin",
  rules: [],
  volatile: false,
  hasHiddenColumns: false,
  create(id, values) {
    const row = new ConnectionRow(id, 0, NO_BYTES);
    this.assign(row, values);
    return row;
  },
  assign(row, values) {
    for (const [name, value] of entries(values)) if (name === "state") row.state = value as Uint8Array;
  },
  missing: () => undefined,
  decode: (id, version, reader) => new ConnectionRow(id, version, reader.blob()),
  encode: (row, writer) => writer.blob(row.state),
  clone: (row) => new ConnectionRow(row.id, row.$version, row.state),
  ownerOf: () => undefined,
  writeMap(row, writer) {
    writer.mapHeader(2);
    writer.string("id");
    writer.bigint(row.id);
    writer.string("state");
    writer.bin(row.state);
  },
};
