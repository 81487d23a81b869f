import { idIndex } from "../codegen/id-index.js";
import { entries, Row } from "../codegen/row.js";
import type { ComponentCodec } from "../schema/component.js";
import { columnIndex } from "./column-index.js";
import { NO_WORKER } from "./connection.js";

const NAME = "core.Schedule";

/** How far the engine has come with a system that is `@every` or `@cron`. Times are ticks, in milliseconds since 1970. */
export class ScheduleRow extends Row {
  #done: number;
  #claimed: number;
  #worker: number;

  constructor(
    id: bigint,
    version: number,
    /** Schema name. */
    readonly system: string,
    done: number,
    claimed: number,
    worker: number,
  ) {
    super(id, version);
    this.#done = done;
    this.#claimed = claimed;
    this.#worker = worker;
  }

  /** The last tick that nothing is to be done about any more. */
  get done(): number {
    return this.#done;
  }

  set done(value: number) {
    this.$tracker?.beforeChange(this);
    this.#done = value;
  }

  /** The tick that a process runs it for; 0: none does. */
  get claimed(): number {
    return this.#claimed;
  }

  set claimed(value: number) {
    this.$tracker?.beforeChange(this);
    this.#claimed = value;
  }

  /** The number of that process, where several share the store. */
  get worker(): number {
    return this.#worker;
  }

  set worker(value: number) {
    this.$tracker?.beforeChange(this);
    this.#worker = value;
  }

  override toObject(): Record<string, unknown> {
    const { id, system, done, claimed, worker } = this;
    return { id, system, done, claimed, worker };
  }
}

/** The table behind `@every` and `@cron`: a row for each system, in the store of its tables. */
export const scheduleCodec: ComponentCodec<ScheduleRow> = {
  name: NAME,
  columns: [
    { name: "system", property: "system", type: "string(255)", visibility: "admin" },
    { name: "done", property: "done", type: "timestamp", visibility: "admin" },
    { name: "claimed", property: "claimed", type: "timestamp", visibility: "admin", default: 0 },
    { name: "worker", property: "worker", type: "i32", visibility: "admin", default: NO_WORKER },
  ],
  indexes: [
    idIndex(NAME),
    columnIndex<"system", string, ScheduleRow>(NAME, "system", {
      unique: true,
      write: (key, value) => key.string(value),
    }),
  ],
  readers: "admin",
  rules: [],
  volatile: false,
  hasHiddenColumns: false,
  create(id, values) {
    const { system, done } = values as unknown as ScheduleRow;
    return new ScheduleRow(id, 0, system, done, 0, NO_WORKER);
  },
  assign(row, values) {
    for (const [name, value] of entries(values)) {
      if (name === "done") row.done = value as number;
      else if (name === "claimed") row.claimed = value as number;
      else if (name === "worker") row.worker = value as number;
    }
  },
  missing: () => undefined,
  decode: (id, version, reader) =>
    new ScheduleRow(id, version, reader.string(), reader.timestamp(), reader.timestamp(), reader.i32()),
  encode(row, writer) {
    writer.string(row.system);
    writer.timestamp(row.done);
    writer.timestamp(row.claimed);
    writer.i32(row.worker);
  },
  clone: (row) => new ScheduleRow(row.id, row.$version, row.system, row.done, row.claimed, row.worker),
  ownerOf: () => undefined,
  writeMap(row, writer) {
    writer.mapHeader(5);
    writer.string("id");
    writer.bigint(row.id);
    writer.string("system");
    writer.string(row.system);
    writer.string("done");
    writer.int(row.done);
    writer.string("claimed");
    writer.int(row.claimed);
    writer.string("worker");
    writer.int(row.worker);
  },
};
