import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe } from "vitest";
import { silent } from "../../runtime/server/log.js";
import type { Store } from "../../runtime/store/contract.js";
import { parseRedisUrl } from "../../runtime/store/redis/address.js";
import type { RedisPlace } from "../../runtime/store/redis/place.js";
import { openRedisStores, type RedisStores } from "../../runtime/store/redis/redis-stores.js";
import { schema } from "../fixtures/world/generated/server-ts/world/index.js";
import { LONGER } from "../longer.js";
import { startCluster, startRedis, startReplica } from "../redis/index.js";
import { cleanUp, openStore, temporaryFolder } from "./transaction/world.js";

/** Stores of one kind with the tables of the world, which are all in one cluster. */
export interface TestStores {
  readonly kind: "embedded" | "redis";
  /** How many of so many random runs are made on them: fewer where each takes longer. */
  runs(most: number): number;
  /** One without rows. */
  open(): Promise<Store>;
  /** The same data in another process, after this one has ended. */
  reopen(store: Store): Promise<Store>;
  /** It is not needed any more. */
  end(store: Store): Promise<void>;
  /** The same data in another process that runs at the same time; `undefined`: only one can. */
  beside(store: Store): Promise<Store | undefined>;
}

/** Where an instance's data can be: what the suites of all stores run on. */
export interface Topology {
  readonly name: string;
  /** To be called where hooks may be registered. */
  stores(): TestStores;
}

interface Stoppable {
  stop(): Promise<void>;
}

/** Servers, and how stores reach them. */
interface Servers {
  readonly place: RedisPlace;
  /** In the order in which they are to be stopped. */
  readonly running: readonly Stoppable[];
}

export const EMBEDDED: Topology = { name: "the embedded store", stores: () => new EmbeddedStores() };

export const REDIS: Topology = {
  name: "Redis",
  stores: () =>
    onRedis(1, async () => {
      const server = await startRedis();
      return { place: placeOf(server.url), running: [server] };
    }),
};

/** The others, that run the same code in other surroundings. */
const FURTHER: readonly Topology[] = [
  {
    name: "a Redis Cluster of three primaries with a replica each",
    stores: () =>
      onRedis(0.2, async () => {
        const cluster = await startCluster({ primaries: 3, replicas: 1 });
        return { place: placeOf(cluster.url), running: [cluster] };
      }),
  },
  { name: "a primary with a replica", stores: () => onRedis(0.2, () => withReplica(undefined)) },
  {
    name: "a primary with a replica that answers wait for",
    stores: () => onRedis(0.2, () => withReplica({ replicas: 1, timeout: 10_000 })),
  },
];

export const TOPOLOGIES: readonly Topology[] = [EMBEDDED, REDIS, ...FURTHER];

/** Describes the same behaviour on each of some topologies. */
export function onTopologies(topologies: readonly Topology[], body: (stores: TestStores) => void): void {
  for (const topology of topologies) describe(`on ${topology.name}`, () => body(topology.stores()));
}

async function withReplica(wait: RedisPlace["wait"]): Promise<Servers> {
  const primary = await startRedis();
  const replica = await startReplica(primary);
  const place = { ...placeOf(primary.url), replicas: [parseRedisUrl(replica.url)], wait };
  return { place, running: [replica, primary] };
}

function onRedis(share: number, start: () => Promise<Servers>): TestStores {
  const stores = new RedisTestStores(share, start);
  beforeAll(() => stores.start());
  afterAll(() => stores.stop());
  return stores;
}

class EmbeddedStores implements TestStores {
  readonly kind = "embedded";
  readonly #folders = new WeakMap<Store, string>();

  constructor() {
    afterAll(cleanUp);
  }

  runs(most: number): number {
    return most * LONGER;
  }

  async open(): Promise<Store> {
    return this.#at(temporaryFolder());
  }

  async reopen(store: Store): Promise<Store> {
    await store.close();
    return this.#at(this.#folders.get(store) ?? "");
  }

  async end(store: Store): Promise<void> {
    await store.close();
  }

  async beside(): Promise<undefined> {
    return undefined;
  }

  #at(folder: string): Store {
    const store = openStore(folder);
    this.#folders.set(store, folder);
    return store;
  }
}

class RedisTestStores implements TestStores {
  readonly kind = "redis";
  readonly #share: number;
  readonly #start: () => Promise<Servers>;
  #servers: Servers | undefined;
  readonly #opened = new Map<Store, { readonly stores: RedisStores; readonly instance: string }>();

  constructor(share: number, start: () => Promise<Servers>) {
    this.#share = share;
    this.#start = start;
  }

  async start(): Promise<void> {
    this.#servers = await this.#start();
  }

  async stop(): Promise<void> {
    for (const { stores } of this.#opened.values()) await stores.close();
    for (const server of this.#servers?.running ?? []) await server.stop();
  }

  runs(most: number): number {
    return Math.ceil(most * this.#share * LONGER);
  }

  open(): Promise<Store> {
    return this.#at(randomUUID());
  }

  async reopen(store: Store): Promise<Store> {
    const { instance } = this.#of(store);
    await this.end(store);
    return this.#at(instance);
  }

  async end(store: Store): Promise<void> {
    const { stores } = this.#of(store);
    this.#opened.delete(store);
    await stores.close();
  }

  beside(store: Store): Promise<Store> {
    return this.#at(this.#of(store).instance);
  }

  async #at(instance: string): Promise<Store> {
    if (this.#servers === undefined) throw new Error("the servers have not been started");
    const places = { home: this.#servers.place, backends: new Map(), prefix: "test", leaseTime: 10_000 };
    const stores = await openRedisStores({ instance, schema, places, log: silent });
    const [store] = stores.all;
    this.#opened.set(store, { stores, instance });
    return store;
  }

  #of(store: Store): { readonly stores: RedisStores; readonly instance: string } {
    const opened = this.#opened.get(store);
    if (opened === undefined) throw new Error("this store is not one of these");
    return opened;
  }
}

/** A Redis with default settings. */
function placeOf(url: string): RedisPlace {
  const address = parseRedisUrl(url);
  return { address, text: url, replicas: [], wait: undefined, feedLength: 65_536, retryWindow: 30_000 };
}
