import { existsSync } from "node:fs";
import type { Client, Engine } from "../gate/client.js";
import { CloseCode } from "../gate/close-code.js";
import type { Implementation } from "../schema/schema.js";
import { databaseFile } from "../store/embedded/lmdb.js";
import type { RedisPlaces } from "../store/redis/place.js";
import { openRedisStores, type RedisStores } from "../store/redis/redis-stores.js";
import type { DeadWorker, InstanceStart } from "../store/redis/registry/registry.js";
import { type EngineContext, type EngineHost, makeEngine } from "./engine.js";
import { runStartSystems } from "./start-systems.js";

/**
 * A process that stops before its last hook has run must not free its number as if nothing of it were left: the others
 * are to take it for dead, and to clean up behind it.
 */
async function leaveRest({ lease, registry }: RedisStores, { runner }: Engine): Promise<void> {
  try {
    const { held } = lease;
    // A tick that still runs at the deadline takes effect at another process, and no longer here.
    if (held) await runner.ticks.release(lease.worker);
    if (held && (await runner.sharing?.serves()) !== true) return;
    await lease.abandon();
    if (held) await registry.reapNow(lease.worker, lease.token);
  } catch {
    // Then they take it for dead when its lease ends.
    await lease.abandon();
  }
}

/** On Redis a commit is told only when it is as durable as it will be. */
const DURABLE: Engine["durability"] = { position: Infinity, onDurable: () => () => undefined };

interface Opened {
  readonly stores: RedisStores;
  readonly engine: Engine;
}

/** An instance on Redis: one of the processes that serve it. Stores, lease and feeds outlive an exchange of code. */
export class RedisEngine implements EngineHost {
  readonly lag = undefined;
  readonly #context: EngineContext;
  readonly #places: RedisPlaces;
  readonly #embedded: string | undefined;
  #opened: Opened | undefined;

  /** @param embedded where the embedded store would have the data of this instance. */
  constructor(context: EngineContext, places: RedisPlaces, embedded?: string) {
    this.#context = context;
    this.#places = places;
    this.#embedded = embedded;
  }

  get engine(): Engine | undefined {
    return this.#opened?.engine;
  }

  get redis(): RedisStores | undefined {
    return this.#opened?.stores;
  }

  get lease(): EngineHost["lease"] {
    const lease = this.#opened?.stores.lease;
    return lease === undefined ? undefined : { worker: lease.worker, token: lease.token };
  }

  now(): number {
    return this.#opened?.stores.lease.time ?? Date.now();
  }

  get ready(): boolean {
    return this.#opened?.stores.lease.held === true;
  }

  /**
   * Joins the other processes, and starts the instance with them: the first one clears what is `@volatile`, cleans up
   * behind dead processes and runs `@on(start)`; the others wait.
   * @throws StartSystemError, and what {@link openRedisStores} throws.
   */
  async start(implementation: Implementation): Promise<void> {
    const { name, log, onFailure, onJoined } = this.#context;
    const { schema, migrations } = implementation;
    const stores = await openRedisStores({ instance: name, schema, migrations, places: this.#places, log });
    try {
      stores.onFailure(onFailure);
      if (stores.isNew) this.#tellOfEmbedded();
      const engine = this.#make(implementation, stores);
      this.#opened = { stores, engine };
      const { gate } = this.#context;
      gate.attach(engine);
      stores.registry.onDead((dead) => this.#onDead(dead));
      await stores.registry.startOnce((start) => this.#prepare(stores, start), onJoined);
      gate.watchLeft();
    } catch (error) {
      if (this.#opened === undefined) await stores.close();
      else await this.close();
      throw error;
    }
  }

  /** @throws StoredSchemaError when the data lies as another schema wants it. */
  async swap(next: Implementation, previous: Implementation, reset: boolean): Promise<void> {
    const opened = this.#opened;
    if (opened === undefined) throw new Error("there is nothing to exchange: the engine is closed");
    if (reset) throw new Error("data on Redis is not reset by an exchange of code");
    const { stores, engine } = opened;
    // Commits of other processes are kept from here on, so that each is told once, by one of the two.
    const held = await engine.live.handOver();
    let made: Engine;
    try {
      await stores.use(next.schema);
      made = this.#make(next, stores);
    } catch (error) {
      try {
        await stores.use(previous.schema);
      } finally {
        held.cancel();
      }
      throw error;
    }
    const lost = await made.live.takeOver(held);
    this.#opened = { stores, engine: made };
    const { gate } = this.#context;
    gate.attach(made);
    await made.runner.adopt(gate.clients.all());
    for (const { viewer, subscription, reason } of lost) {
      (viewer as Client).close(CloseCode.goingAway, `the schema has changed, ${subscription} cannot go on: ${reason}`);
    }
  }

  async reap(worker: number, token: Uint8Array): Promise<void> {
    await this.#opened?.stores.registry.reapNow(worker, Buffer.from(token));
  }

  async renew(): Promise<void> {
    await this.#opened?.stores.registry.renew();
  }

  async settled(): Promise<void> {
    // An answer leaves when its call has ended.
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    if (opened === undefined) return;
    this.#opened = undefined;
    const { stores, engine } = opened;
    this.#context.gate.close();
    await leaveRest(stores, engine);
    engine.live.close();
    await stores.close();
  }

  /** @throws StoreFailedError */
  async #onDead(dead: DeadWorker): Promise<void> {
    const { gate, onTicksReleased } = this.#context;
    await gate.onDead(dead);
    await gate.engine.runner.ticks.release(dead.worker);
    onTicksReleased();
  }

  /** Whoever changes the store for the first time may expect the data to come along. */
  #tellOfEmbedded(): void {
    const { name, log } = this.#context;
    const folder = this.#embedded;
    if (folder === undefined || !existsSync(databaseFile(folder))) return;
    const { text } = this.#places.home;
    log.warn(
      { instance: name, folder },
      `${name} has no data at ${text} and begins there without any; the embedded store has data of it in ${folder}, ` +
        'which stays there and is not moved by itself: see "Coming from the embedded store" in docs/redis.md',
    );
  }

  #make(implementation: Implementation, stores: RedisStores): Engine {
    const { worker } = stores.lease;
    return makeEngine(this.#context, implementation, { stores, ids: stores.lease, durability: DURABLE }, worker);
  }

  async #prepare(stores: RedisStores, start: InstanceStart): Promise<void> {
    if (start.fresh) {
      await stores.clearVolatile();
      await start.cleared();
    }
    const { gate } = this.#context;
    gate.beginStart();
    await start.handleDead();
    await gate.engine.runner.ticks.release();
    await gate.runLeftHooks();
    const { runner } = gate.engine;
    await runStartSystems(this.#context.name, runner, start.id);
  }
}
