import type { Schema } from "../../schema/schema.js";
import type { Store, StoreSet } from "../contract.js";
import { UnknownTableError } from "../errors.js";
import type { RedisLink } from "./link.js";
import { logAbsence, logHeld, logReplicas } from "./link-log.js";
import { type LinkCounts, MeteredLink } from "./metered-link.js";
import { openLink } from "./open-link.js";
import type { RedisPlace, RedisPlaces } from "./place.js";
import { RedisStore } from "./redis-store.js";
import { type CatalogueOptions, type Layout, openCatalogue, type PartitionLayout } from "./registry/catalogue.js";
import { openRegistry, type Registry, type RegistryLog, type WorkerLease } from "./registry/registry.js";
import { checkStoreServers } from "./registry/server-checks.js";
import { ServerWatch } from "./registry/server-watch.js";

export interface RedisStoresOptions {
  /** Of the instance; stands in all keys. */
  readonly instance: string;
  readonly schema: Schema;
  /** Names of migrations that data which begins with the schema has nothing to do with. */
  readonly migrations?: readonly string[];
  readonly places: RedisPlaces;
  readonly log: RegistryLog;
}

/** One Redis that data is on. */
interface Backend {
  readonly place: RedisPlace;
  readonly link: MeteredLink;
  /** The replicas that follow it. */
  readonly replicas: { readonly names: readonly string[] };
  readonly watch: ServerWatch;
}

/** A store with what is counted of it. */
export interface Partition {
  readonly layout: PartitionLayout;
  readonly store: RedisStore;
  /** Commits that this process has heard of, by who made them. */
  readonly commits: { here: number; elsewhere: number };
}

/**
 * Everything of one instance on Redis: links, the process's place among the others, and a store for each partition.
 * @throws RedisUnreachableError; RedisStartError when a server or what is stored there does not fit;
 * NoWorkerNumberError, UpgradeUnfinishedError.
 */
export async function openRedisStores(options: RedisStoresOptions): Promise<RedisStores> {
  const { instance, places, schema, migrations, log } = options;
  const tag = `{${places.prefix}:${instance}}`;
  const links: RedisLink[] = [];
  const watches: ServerWatch[] = [];
  const connect = async (place: RedisPlace): Promise<Backend> => {
    const { address, replicas, wait, retryWindow } = place;
    const name = `${places.prefix}:${instance}`;
    const tell = logReplicas({ where: place.text, log });
    const following: { names: readonly string[] } = { names: [] };
    const onReplicas = (names: readonly string[]): void => {
      following.names = names;
      tell(names);
    };
    const link = new MeteredLink(
      await openLink(
        address,
        {
          name,
          retryWindow,
          onReplicas,
          onHeld: logHeld({ where: place.text, retryWindow, log }),
          ...(replicas === undefined ? {} : { replicas }),
          ...(wait === undefined ? {} : { wait }),
        },
        (ms) => log.warn({}, `waiting for Redis at ${place.text} (${ms / 1000} s)`),
      ),
    );
    links.push(link);
    logAbsence(link, { where: place.text, retryWindow, log });
    await checkStoreServers(link, place, tag, log);
    const watch = new ServerWatch({ link, place, key: tag, log });
    watches.push(watch);
    return { place, link, replicas: following, watch };
  };
  try {
    const home = await connect(places.home);
    const backends = new Map<string, Backend>();
    // Those that the schema does not name may have data of components that it no longer has.
    for (const [name, place] of places.backends) backends.set(name, await connect(place));
    const { leaseTime, upgradeCommand: command } = places;
    const registry = openRegistry({ link: home.link, tag, leaseTime, store: places.home.text, command, log });
    const lease = await registry.join();
    const stores = new RedisStores({ tag, home, backends, registry, lease, command });
    try {
      await stores.use(schema, migrations);
      return stores;
    } catch (error) {
      await stores.close();
      throw error;
    }
  } catch (error) {
    for (const watch of watches) watch.close();
    await Promise.allSettled(links.map((link) => link.close()));
    throw error;
  }
}

interface Parts {
  readonly tag: string;
  readonly home: Backend;
  readonly backends: ReadonlyMap<string, Backend>;
  readonly registry: Registry;
  readonly lease: WorkerLease;
  /** See `RedisPlaces.upgradeCommand`. */
  readonly command: string | undefined;
}

/** The stores of one instance, as {@link openRedisStores} makes them. */
export class RedisStores implements StoreSet {
  readonly registry: Registry;
  readonly lease: WorkerLease;
  readonly #parts: Parts;
  readonly #partitions = new Map<number, Partition>();
  #byTable = new Map<string, RedisStore>();
  readonly #failureListeners = new Set<(error: Error) => void>();
  #failure: Error | undefined;
  #isNew = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.registry = parts.registry;
    this.lease = parts.lease;
    const fail = (error: Error): void => this.#fail(error);
    parts.lease.onLost(fail);
    for (const { link } of [parts.home, ...parts.backends.values()]) link.onFailure(fail);
  }

  get all(): readonly [Store, ...Store[]] {
    const [home, ...others] = [...this.#partitions.values()].map(({ store }) => store);
    if (home === undefined) throw new Error("the stores are not open");
    return [home, ...others];
  }

  of(table: string): Store {
    const store = this.#byTable.get(table);
    if (store === undefined) throw new UnknownTableError(table);
    return store;
  }

  /** What was asked of each Redis, by the name of the backend; the default one is `default`. */
  get counts(): ReadonlyMap<string, LinkCounts> {
    const { home, backends } = this.#parts;
    const named = [...backends].map(([name, { link }]) => [name, link.counts] as const);
    return new Map([["default", home.link.counts], ...named]);
  }

  /** The replicas of each Redis that subscriptions and stale reads go to, by the name of the backend. */
  get replicas(): ReadonlyMap<string, readonly string[]> {
    const { home, backends } = this.#parts;
    const named = [...backends].map(([name, { replicas }]) => [name, replicas.names] as const);
    return new Map([["default", home.replicas.names], ...named]);
  }

  /** Servers of each Redis that were unfit when they were last looked at, by the name of the backend. */
  get unfit(): ReadonlyMap<string, readonly string[]> {
    const { home, backends } = this.#parts;
    const named = [...backends].map(([name, { watch }]) => [name, watch.unfit] as const);
    return new Map([["default", home.watch.unfit], ...named]);
  }

  /** Whether the instance had no data here before these stores were opened; only the process that came first says so. */
  get isNew(): boolean {
    return this.#isNew;
  }

  /** By number. */
  get partitions(): ReadonlyMap<number, Partition> {
    return this.#partitions;
  }

  /**
   * Goes on with the tables of this schema; nothing of the stores may be in use.
   * @throws StoredSchemaError when the data lies as another schema wants it. The tables stay as they were then.
   */
  async use(schema: Schema, migrations: readonly string[] = []): Promise<void> {
    const { tag, home, backends, command } = this.#parts;
    const catalogue: CatalogueOptions = {
      link: home.link,
      tag,
      store: home.place.text,
      command,
      backends: (name) => backends.get(name)?.link,
      migrations,
      onNew: () => (this.#isNew = true),
    };
    const layout = await openCatalogue(catalogue, schema);
    await this.#take(layout);
  }

  /** Deletes the rows of tables that are `@volatile`. */
  async clearVolatile(): Promise<void> {
    for (const { layout, store } of this.#partitions.values()) {
      for (const { name, codec } of layout.tables) if (codec.volatile) await store.clear(store.table(name));
    }
  }

  /** Called once when the process must end: its lease is lost, or a Redis was out of reach for too long. */
  onFailure(listener: (error: Error) => void): () => void {
    if (this.#failure !== undefined) listener(this.#failure);
    this.#failureListeners.add(listener);
    return () => void this.#failureListeners.delete(listener);
  }

  /** Gives the worker number back when everything else is closed; nothing may run any more. */
  async close(): Promise<void> {
    const { home, backends, registry, lease } = this.#parts;
    const links = [home, ...backends.values()].map(({ link }) => link);
    for (const { watch } of [home, ...backends.values()]) watch.close();
    try {
      registry.close();
      await Promise.allSettled([...this.#partitions.values()].map(({ store }) => store.close()));
      // A process that has failed leaves the number to be taken away.
      if (this.#failure === undefined) await lease.release();
      else await lease.abandon();
    } finally {
      await Promise.allSettled(links.map((link) => link.close()));
    }
  }

  async #take({ partitions }: Layout): Promise<void> {
    const made = await this.#openAll(partitions.filter(({ number }) => !this.#partitions.has(number)));
    for (const partition of made) this.#partitions.set(partition.layout.number, partition);
    this.#byTable = new Map();
    for (const layout of partitions) {
      const partition = this.#partitions.get(layout.number);
      if (partition === undefined) continue;
      partition.store.use(layout.tables);
      this.#partitions.set(layout.number, { ...partition, layout });
      for (const { name } of layout.tables) if (!this.#byTable.has(name)) this.#byTable.set(name, partition.store);
    }
  }

  async #openAll(layouts: readonly PartitionLayout[]): Promise<readonly Partition[]> {
    const opening = await Promise.allSettled(layouts.map((layout) => this.#open(layout)));
    const opened = opening.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    const failed = opening.find((each) => each.status === "rejected");
    if (failed === undefined) return opened;
    await Promise.allSettled(opened.map(({ store }) => store.close()));
    throw failed.reason;
  }

  async #open(layout: PartitionLayout): Promise<Partition> {
    const { tag, tables, backend } = layout;
    const { home, backends, lease, registry } = this.#parts;
    const { link, place } = backend === undefined ? home : (backends.get(backend) ?? missing(backend));
    const store = await RedisStore.open({
      link,
      tag,
      tables,
      writer: lease,
      nextId: () => lease.nextId(),
      feedLength: place.feedLength,
      feedBytes: place.feedBytes,
      retryWindow: place.retryWindow,
      waits: place.wait !== undefined,
    });
    store.onFailure((error) => this.#fail(error));
    registry.guard([store]);
    const commits = { here: 0, elsewhere: 0 };
    store.onCommit(({ own }) => {
      if (own) commits.here++;
      else commits.elsewhere++;
    });
    return { layout, store, commits };
  }

  #fail(error: Error): void {
    if (this.#failure !== undefined) return;
    this.#failure = error;
    for (const listener of this.#failureListeners) listener(error);
  }
}

function missing(backend: string): never {
  throw new Error(`the data has tables on backend ${backend}, whose address is not given: set backends.${backend}`);
}
