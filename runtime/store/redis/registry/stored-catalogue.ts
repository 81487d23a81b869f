import type { StoredSchema } from "../../schema/stored-schema.js";
import { RedisFormatError } from "./start-errors.js";

/** Version of the layout of keys and values that docs/redis.md describes. */
export const FORMAT = 1;

/** What is known of the data of an instance, as JSON in one key. */
export interface StoredCatalogue {
  readonly format: number;
  /** Neither spaces nor partitions are numbered twice. */
  readonly nextSpace: number;
  readonly nextPartition: number;
  /** By number; the first is the home, 0, on the default store. */
  readonly partitions: readonly StoredPartition[];
  /** Tables of the namespace `core` are in every partition, with the same spaces. */
  readonly namespaces: Readonly<Record<string, StoredSchema>>;
  /** Partition of each table of the other namespaces. */
  readonly places: Readonly<Record<string, number>>;
}

export interface StoredPartition {
  readonly number: number;
  /** `null`: the default store. */
  readonly backend: string | null;
}

/** @throws RedisFormatError when another version wrote it, or something else. */
export function parseCatalogue(text: string, key: string): StoredCatalogue {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    throw new RedisFormatError(key, undefined, FORMAT);
  }
  const format = typeof found === "object" && found !== null && "format" in found ? found.format : undefined;
  if (format !== FORMAT) throw new RedisFormatError(key, typeof format === "number" ? format : undefined, FORMAT);
  return found as StoredCatalogue;
}
