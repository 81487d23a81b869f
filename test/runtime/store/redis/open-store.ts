import { randomBytes } from "node:crypto";
import { coreSchema } from "../../../../runtime/core/schema.js";
import type { Schema } from "../../../../runtime/schema/schema.js";
import type { RedisLink } from "../../../../runtime/store/redis/link.js";
import { RedisStore, type RedisStoreOptions } from "../../../../runtime/store/redis/redis-store.js";
import type { RedisTableSpec } from "../../../../runtime/store/redis/redis-table.js";
import { SNOWFLAKE_EPOCH_MS, SnowflakeSource } from "../../../../runtime/store/snowflake.js";
import { schema as world } from "../../../fixtures/world/generated/server-ts/world/index.js";

/** Numbers the tables of a schema as a catalogue would. */
export function specsOf(schema: Schema): RedisTableSpec[] {
  let space = 0;
  return [coreSchema, schema].flatMap(({ tables, components }) =>
    tables.flatMap(({ name, component }) => {
      const codec = components.find((candidate) => candidate.name === component);
      if (codec === undefined) return [];
      const own = ++space;
      return [{ name, codec, space: own, indexSpaces: codec.indexes.map((_, i) => (i === 0 ? own : ++space)) }];
    }),
  );
}

let partitions = 0;

/** A hash tag that nobody has used. */
export function freshTag(): string {
  return `{hetu:test:${partitions++}}`;
}

export interface TestStoreOptions extends Partial<RedisStoreOptions> {
  readonly worker?: number;
}

/** A store of the world's tables, as one process has it. */
export function openStore(link: RedisLink, tag: string, options: TestStoreOptions = {}): Promise<RedisStore> {
  const { worker = 0, ...rest } = options;
  const ids = new SnowflakeSource(worker, Date.now() - SNOWFLAKE_EPOCH_MS);
  return RedisStore.open({
    link,
    tag,
    tables: specsOf(world),
    writer: { worker, token: randomBytes(16) },
    nextId: () => ids.next(),
    ...rest,
  });
}
