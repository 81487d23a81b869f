import type { ComponentCodec } from "../../../schema/component.js";
import type { Schema } from "../../../schema/schema.js";
import type { RedisLink } from "../link.js";

/** Where the tables of an instance lie. */
export interface Layout {
  /** By number; the first is the home. Each has the tables of the runtime (`core.…`), and those of its clusters. */
  readonly partitions: readonly PartitionLayout[];
}

export interface PartitionLayout {
  readonly number: number;
  /** Hash tag of its keys with its braces: `{hetu:<instance>:<number>}`. */
  readonly tag: string;
  /** `undefined`: the default store. */
  readonly backend: string | undefined;
  readonly tables: readonly TableLayout[];
}

export interface TableLayout {
  readonly name: string;
  readonly codec: ComponentCodec;
  /** Of its rows: `T:t<space>`. */
  readonly space: number;
  /** Of `codec.indexes`, in the same order; that of the index on `id` is the table's. */
  readonly indexSpaces: readonly number[];
}

export interface CatalogueOptions {
  /** Of the default store. */
  readonly link: RedisLink;
  /** Hash tag of the control keys with its braces: `{hetu:<instance>}`. */
  readonly tag: string;
  /** As people type it after `--store`, without a password; for messages. */
  readonly store: string;
}
