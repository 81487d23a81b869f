import { idIndex, startPrefix } from "../codegen/id-index.js";
import { startKey } from "../codegen/key-writer.js";
import { entries, Row } from "../codegen/row.js";
import type { ComponentCodec, IndexCodec } from "../schema/component.js";

const NAME = "core.Connection";
const NO_BYTES = new Uint8Array(0);
/** Stands for no token among the keys of the index, which all have one length. */
const NO_TOKEN = new Uint8Array(32);

/** The worker of connections that no process serves. */
export const NO_WORKER = -1;

/** A connection that has not ended: some of its `@on(disconnect)` systems have yet to run. Its id is the connection's. */
export class ConnectionRow extends Row {
  #worker: number;
  #parked: number;
  #state: Uint8Array;
  #token: Uint8Array;
  #previous: Uint8Array;

  constructor(
    id: bigint,
    version: number,
    worker: number,
    parked: number,
    state: Uint8Array,
    token: Uint8Array,
    previous: Uint8Array,
  ) {
    super(id, version);
    this.#worker = worker;
    this.#parked = parked;
    this.#state = state;
    this.#token = token;
    this.#previous = previous;
  }

  /** Number of the process that serves it, where several share the store; {@link NO_WORKER}: none does. */
  get worker(): number {
    return this.#worker;
  }

  set worker(value: number) {
    this.$tracker?.beforeChange(this);
    this.#worker = value;
  }

  /** Until when its client may come back while no process serves it, in milliseconds since 1970; else 0. */
  get parked(): number {
    return this.#parked;
  }

  set parked(value: number) {
    this.$tracker?.beforeChange(this);
    this.#parked = value;
  }

  /** Who it is, and what has become of it, as MessagePack. */
  get state(): Uint8Array {
    return this.#state;
  }

  set state(value: Uint8Array) {
    this.$tracker?.beforeChange(this);
    this.#state = value;
  }

  /** SHA-256 of the token with which its client can come back; empty: it cannot. */
  get token(): Uint8Array {
    return this.#token;
  }

  set token(value: Uint8Array) {
    this.$tracker?.beforeChange(this);
    this.#token = value;
  }

  /** Likewise of the token before, which is good until the client has shown that it has the newest one; else empty. */
  get previous(): Uint8Array {
    return this.#previous;
  }

  set previous(value: Uint8Array) {
    this.$tracker?.beforeChange(this);
    this.#previous = value;
  }

  override toObject(): Record<string, unknown> {
    const { id, worker, parked, state, token, previous } = this;
    return { id, worker, parked, state, token, previous };
  }
}

const workerIndex: IndexCodec<ConnectionRow> = {
  name: "worker,parked",
  columns: ["worker", "parked"],
  properties: ["worker", "parked"],
  unique: false,
  key(row) {
    const key = startKey();
    key.i32(row.worker);
    key.timestamp(row.parked);
    return key.finish();
  },
  sameKey: (a, b) => a.worker === b.worker && a.parked === b.parked,
  prefix(values) {
    const key = startPrefix(values, 2, `${NAME}.worker,parked`);
    if (values.length > 0) key.i32(values[0] as number);
    if (values.length > 1) key.timestamp(values[1] as number);
    return key.finish();
  },
  fromWire: () => [],
};

function tokenIndex(column: "token" | "previous"): IndexCodec<ConnectionRow> {
  return {
    name: column,
    columns: [column],
    properties: [column],
    unique: false,
    key: (row) => tokenKey(row[column]),
    sameKey: (a, b) => Buffer.compare(a[column], b[column]) === 0,
    prefix: (values) => (values.length === 0 ? NO_BYTES : tokenKey(values[0] as Uint8Array)),
    fromWire: () => [],
  };
}

/** A copy, of a plain array: a slice of a `Buffer` would share its memory. */
function tokenKey(token: Uint8Array): Uint8Array {
  return new Uint8Array(token.length === 0 ? NO_TOKEN : token);
}

/** The table behind `@on(disconnect)` and resuming; empty on the embedded store when the schema has no such system. */
export const connectionCodec: ComponentCodec<ConnectionRow> = {
  name: NAME,
  columns: [
    { name: "worker", property: "worker", type: "i32", visibility: "admin", default: NO_WORKER },
    { name: "parked", property: "parked", type: "timestamp", visibility: "admin", default: 0 },
    { name: "state", property: "state", type: "bytes(4294967295)", visibility: "admin" },
    { name: "token", property: "token", type: "bytes(32)", visibility: "admin", default: NO_BYTES },
    { name: "previous", property: "previous", type: "bytes(32)", visibility: "admin", default: NO_BYTES },
  ],
  indexes: [idIndex(NAME), workerIndex, tokenIndex("token"), tokenIndex("previous")],
  readers: "admin",
  rules: [],
  volatile: false,
  hasHiddenColumns: false,
  create(id, values) {
    const row = new ConnectionRow(id, 0, NO_WORKER, 0, NO_BYTES, NO_BYTES, NO_BYTES);
    this.assign(row, values);
    return row;
  },
  assign(row, values) {
    for (const [name, value] of entries(values)) {
      if (name === "worker") row.worker = value as number;
      else if (name === "parked") row.parked = value as number;
      else if (name === "state") row.state = value as Uint8Array;
      else if (name === "token") row.token = value as Uint8Array;
      else if (name === "previous") row.previous = value as Uint8Array;
    }
  },
  missing: () => undefined,
  decode: (id, version, reader) =>
    new ConnectionRow(id, version, reader.i32(), reader.timestamp(), reader.blob(), reader.blob(), reader.blob()),
  encode(row, writer) {
    writer.i32(row.worker);
    writer.timestamp(row.parked);
    writer.blob(row.state);
    writer.blob(row.token);
    writer.blob(row.previous);
  },
  clone: (row) => new ConnectionRow(row.id, row.$version, row.worker, row.parked, row.state, row.token, row.previous),
  ownerOf: () => undefined,
  writeMap(row, writer) {
    writer.mapHeader(6);
    writer.string("id");
    writer.bigint(row.id);
    writer.string("worker");
    writer.int(row.worker);
    writer.string("parked");
    writer.int(row.parked);
    writer.string("state");
    writer.bin(row.state);
    writer.string("token");
    writer.bin(row.token);
    writer.string("previous");
    writer.bin(row.previous);
  },
};
