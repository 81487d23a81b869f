import type { Row } from "../../codegen/row.js";
import type { ComponentCodec } from "../../schema/component.js";
import type { Table } from "../contract.js";

/** A table and the numbers that the catalogue has given it. */
export interface RedisTableSpec {
  readonly name: string;
  readonly codec: ComponentCodec;
  /** Of its rows. */
  readonly space: number;
  /** Of `codec.indexes`, in the same order; that of the index on `id` may be the table's. */
  readonly indexSpaces: readonly number[];
}

/** One table of a partition, with its keys put together once. */
export class RedisTable<R extends Row = Row> implements Table<R> {
  readonly name: string;
  readonly codec: ComponentCodec<R>;
  readonly space: number;
  readonly rowsKey: string;
  /** One for each index. */
  readonly indexKeys: readonly string[];
  /** What scripts that read by an index are given, one list for each. */
  readonly readKeys: readonly (readonly string[])[];

  /**
   * @param tag Hash tag of the partition with its braces.
   * @param metaKey Of the partition.
   * @param owner The store that it belongs to.
   */
  constructor(
    spec: RedisTableSpec,
    readonly ordinal: number,
    tag: string,
    metaKey: string,
    readonly owner: object,
  ) {
    this.name = spec.name;
    this.codec = spec.codec as ComponentCodec<R>;
    this.space = spec.space;
    this.rowsKey = `${tag}:t${spec.space}`;
    this.indexKeys = spec.indexSpaces.map((space) => `${tag}:i${space}`);
    this.readKeys = this.indexKeys.map((key) => [key, this.rowsKey, metaKey]);
  }
}
