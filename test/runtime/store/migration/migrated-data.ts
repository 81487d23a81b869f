import { afterAll, beforeAll } from "vitest";
import type { Row } from "../../../../runtime/codegen/row.js";
import { silent } from "../../../../runtime/server/log.js";
import type { Schema } from "../../../../runtime/schema/schema.js";
import type { Store } from "../../../../runtime/store/contract.js";
import { EmbeddedStore } from "../../../../runtime/store/embedded/embedded-store.js";
import {
  forgetEmbedded,
  planEmbedded,
  stepsOfEmbedded,
  unfinishedEmbedded,
  upgradeEmbedded,
} from "../../../../runtime/store/embedded/upgrade.js";
import { UpgradeInterruptedError } from "../../../../runtime/store/migration/errors.js";
import type {
  PlanReport,
  StepBack,
  UpgradeReport,
  UpgradeRequest,
} from "../../../../runtime/store/migration/request.js";
import { addressText, parseRedisUrl } from "../../../../runtime/store/redis/address.js";
import type { RedisLink } from "../../../../runtime/store/redis/link.js";
import { openLink } from "../../../../runtime/store/redis/open-link.js";
import { controlKeys } from "../../../../runtime/store/redis/registry/control-keys.js";
import { openRedisStores } from "../../../../runtime/store/redis/redis-stores.js";
import type { UnfinishedUpgrade } from "../../../../runtime/store/migration/unfinished.js";
import {
  forgetKept,
  planUpgrade,
  stepsOfInstance,
  unfinishedOfInstance,
  upgrade,
} from "../../../../runtime/store/redis/registry/upgrade.js";
import { type RedisServer, startRedis } from "../../../redis/index.js";
import { cleanUp, temporaryFolder } from "../../transaction/world.js";
import { plainSchema, type PlainSchema } from "../plain-schema.js";

export type Values = Readonly<Record<string, unknown>>;
export type Tables = Readonly<Record<string, readonly Values[]>>;

/** Data that servers with one schema after the other have, and that is upgraded between them. */
export interface MigratedData {
  /** Where it lies, as `upgrade-child.ts` takes it. */
  readonly place: readonly string[];
  /** A server starts, and writes rows. @returns their ids. */
  insert(schema: PlainSchema, table: string, rows: readonly Values[]): Promise<bigint[]>;
  /** A server starts, and changes rows. */
  assign(schema: PlainSchema, table: string, id: bigint, values: Values): Promise<void>;
  /** A server starts, and reads a table by one of its indexes. */
  rows(schema: PlainSchema, table: string, index?: number): Promise<Values[]>;
  upgrade(schema: PlainSchema, request?: UpgradeRequest): Promise<UpgradeReport>;
  plan(schema: PlainSchema, request?: UpgradeRequest): Promise<PlanReport>;
  /** An upgrade that dies once it has written so many rows of a table. */
  interrupt(schema: PlainSchema, rows: number, request?: UpgradeRequest): Promise<void>;
  /** @param keep so many steps of the way back. */
  forget(keep?: number): Promise<boolean>;
  steps(): Promise<readonly StepBack[]>;
  unfinished(): Promise<UnfinishedUpgrade | undefined>;
}

/** A kind of store that data lies on. To be called where hooks may be registered. */
export type DataSource = () => () => MigratedData;

const NO_READS = { rows: [], keys: [], ranges: [], operations: 0 };

function schemaOf(schema: PlainSchema): Schema {
  return plainSchema(schema);
}

async function insertInto(store: Store, name: string, rows: readonly Values[]): Promise<bigint[]> {
  const table = store.table(name);
  const ids: bigint[] = [];
  for (const values of rows) {
    const after = table.codec.create(store.nextId(), values, 0, false);
    const result = await store.commit(NO_READS, [{ table, id: after.id, before: undefined, after }]);
    if (result.status !== "committed") throw new Error("a row of a test conflicts with another");
    ids.push(after.id);
  }
  return ids;
}

async function change(store: Store, name: string, id: bigint, values: Values): Promise<void> {
  const table = store.table(name);
  const before = await store.get(table, id);
  if (before === undefined) throw new Error(`there is no row ${id}`);
  const after = table.codec.clone(before);
  table.codec.assign(after, values);
  await store.commit(NO_READS, [{ table, id, before, after }]);
}

async function read(store: Store, name: string, index: number): Promise<Values[]> {
  const scan = { index, lower: new Uint8Array(0), upper: undefined, limit: 1000, desc: false };
  const rows = await store.range({ table: store.table(name), ...scan });
  return rows.map((row: Row) => ({ id: row.id, ...row.toObject() }));
}

interface Backing {
  readonly place: readonly string[];
  on<T>(schema: Schema, use: (store: Store) => Promise<T>): Promise<T>;
  upgrade(schema: Schema, request: UpgradeRequest): Promise<UpgradeReport>;
  plan(schema: Schema, request: UpgradeRequest): Promise<PlanReport>;
  /** Nobody waits for a process that has died. */
  bury(): Promise<void>;
  forget(keep?: number): Promise<boolean>;
  steps(): Promise<readonly StepBack[]>;
  unfinished(): Promise<UnfinishedUpgrade | undefined>;
}

function data(backing: Backing): MigratedData {
  return {
    place: backing.place,
    insert: (schema, table, rows) => backing.on(schemaOf(schema), (store) => insertInto(store, table, rows)),
    assign: (schema, table, id, values) => backing.on(schemaOf(schema), (store) => change(store, table, id, values)),
    rows: (schema, table, index = 0) => backing.on(schemaOf(schema), (store) => read(store, table, index)),
    upgrade: (schema, request = {}) => backing.upgrade(schemaOf(schema), request),
    plan: (schema, request = {}) => backing.plan(schemaOf(schema), request),
    async interrupt(schema, rows, request = {}) {
      const died = new Error("the process has died");
      const onProgress: UpgradeRequest["onProgress"] = (progress) => {
        if (progress.rows >= rows) throw died;
      };
      const asked = backing.upgrade(schemaOf(schema), { ...request, onProgress });
      await asked.then(
        () => Promise.reject(new Error("the upgrade was over before")),
        (error: unknown) =>
          error instanceof UpgradeInterruptedError && error.cause === died ? undefined : Promise.reject(error as Error),
      );
      await backing.bury();
    },
    forget: (keep) => backing.forget(keep),
    steps: () => backing.steps(),
    unfinished: () => backing.unfinished(),
  };
}

export const embeddedData: DataSource = () => {
  afterAll(cleanUp);
  return () => {
    const path = temporaryFolder();
    return data({
      place: ["embedded", path],
      async on(schema, use) {
        const store = EmbeddedStore.open({ path });
        try {
          store.applySchema(schema);
          return await use(store);
        } finally {
          await store.close();
        }
      },
      upgrade: (schema, request) => upgradeEmbedded(path, schema, request),
      plan: (schema, request) => planEmbedded(path, schema, request),
      bury: () => Promise.resolve(),
      forget: (keep) => forgetEmbedded(path, "plain", keep),
      steps: () => stepsOfEmbedded(path, "plain"),
      unfinished: () => unfinishedEmbedded(path),
    });
  };
};

export const redisData: DataSource = () => {
  let server: RedisServer;
  let link: RedisLink;
  let count = 0;
  beforeAll(async () => {
    server = await startRedis();
    link = await openLink(parseRedisUrl(server.url));
  });
  afterAll(async () => {
    await link.close();
    await server.stop();
  });
  return () => {
    const instance = `plain${++count}`;
    const address = parseRedisUrl(server.url);
    const options = (request: UpgradeRequest): Parameters<typeof upgrade>[0] => ({
      ...request,
      tag: `{hetu:${instance}}`,
      link: () => link,
      leaseTime: 10_000,
    });
    return data({
      place: ["redis", server.url, `{hetu:${instance}}`],
      async on(schema, use) {
        const home = {
          address,
          text: addressText(address),
          replicas: [],
          wait: undefined,
          feedLength: 100,
          retryWindow: 30_000,
        };
        const stores = await openRedisStores({
          instance,
          schema,
          places: { home, backends: new Map(), prefix: "hetu", leaseTime: 10_000 },
          log: silent,
        });
        try {
          await stores.registry.startOnce((start) => start.cleared());
          return await use(stores.all[0]);
        } finally {
          await stores.close();
        }
      },
      upgrade: (schema, request) => upgrade(options(request), schema),
      plan: (schema, request) => planUpgrade(options(request), schema),
      async bury() {
        const { upgrader } = controlKeys(`{hetu:${instance}}`);
        await link.command("DEL", upgrader, []);
      },
      forget: (keep) => forgetKept(options({}), "plain", keep),
      steps: () => stepsOfInstance(options({}), "plain"),
      unfinished: () => unfinishedOfInstance(options({})),
    });
  };
};
