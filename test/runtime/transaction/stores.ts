import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe } from "vitest";
import { silent } from "../../../runtime/server/log.js";
import type { Store } from "../../../runtime/store/contract.js";
import { parseRedisUrl } from "../../../runtime/store/redis/address.js";
import type { RedisPlace } from "../../../runtime/store/redis/place.js";
import { openRedisStores, type RedisStores } from "../../../runtime/store/redis/redis-stores.js";
import { schema } from "../../fixtures/world/generated/server-ts/world/index.js";
import { type RedisServer, startRedis } from "../../redis/index.js";
import { cleanUp, openStore, temporaryFolder } from "./world.js";

/** Stores of one kind with the tables of the world, which are all in one cluster. */
export interface TestStores {
  readonly kind: "embedded" | "redis";
  /** One without rows. */
  open(): Promise<Store>;
  /** The same data in another process, after this one has ended. */
  reopen(store: Store): Promise<Store>;
  /** It is not needed any more. */
  end(store: Store): Promise<void>;
  /** The same data in another process that runs at the same time; `undefined`: only one can. */
  beside(store: Store): Promise<Store | undefined>;
}

/** Describes the same behaviour on each kind of store. */
export function onEveryStore(body: (stores: TestStores) => void): void {
  describe("on the embedded store", () => {
    afterAll(cleanUp);
    body(new EmbeddedStores());
  });
  describe("on Redis", () => body(redisStores()));
}

/** To be called where hooks may be registered. */
export function redisStores(): TestStores {
  const stores = new RedisTestStores();
  beforeAll(() => stores.startServer());
  afterAll(() => stores.stopServer());
  return stores;
}

class EmbeddedStores implements TestStores {
  readonly kind = "embedded";
  readonly #folders = new WeakMap<Store, string>();

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
  #server: RedisServer | undefined;
  readonly #opened = new Map<Store, { readonly stores: RedisStores; readonly instance: string }>();

  async startServer(): Promise<void> {
    this.#server = await startRedis();
  }

  async stopServer(): Promise<void> {
    for (const { stores } of this.#opened.values()) await stores.close();
    await this.#server?.stop();
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
    const home = redisPlace(this.#server?.url ?? "");
    const places = { home, backends: new Map<string, RedisPlace>(), prefix: "test", leaseTime: 10_000 };
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
export function redisPlace(url: string): RedisPlace {
  const address = parseRedisUrl(url);
  return { address, text: url, replicas: [], wait: undefined, feedLength: 65_536, retryWindow: 30_000 };
}
