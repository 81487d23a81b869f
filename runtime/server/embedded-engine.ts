import { join } from "node:path";
import { coreSchema } from "../core/schema.js";
import type { Engine } from "../gate/client.js";
import { CloseCode } from "../gate/close-code.js";
import type { Implementation } from "../schema/schema.js";
import { EmbeddedStore } from "../store/embedded/embedded-store.js";
import { singleStore } from "../store/single-store.js";
import { durabilityOf, type EngineContext, type EngineHost, makeEngine } from "./engine.js";
import { DataFolderError } from "./errors.js";
import { FeedLag } from "./feed-lag.js";
import { runStartSystems } from "./start-systems.js";

export interface EmbeddedPlace {
  /** Folder of this instance's data. */
  readonly path: string;
  readonly durability: "commit" | "flush";
  readonly worker: number;
}

interface Opened {
  readonly store: EmbeddedStore;
  readonly engine: Engine;
  readonly lag: FeedLag;
}

/** An instance on the embedded store: one process, which opens the store anew for other code. */
export class EmbeddedEngine implements EngineHost {
  readonly ready = true;
  readonly #context: EngineContext;
  readonly #place: EmbeddedPlace;
  #opened: Opened | undefined;

  constructor(context: EngineContext, place: EmbeddedPlace) {
    this.#context = context;
    this.#place = place;
  }

  get engine(): Engine | undefined {
    return this.#opened?.engine;
  }

  get lag(): FeedLag | undefined {
    return this.#opened?.lag;
  }

  /** @throws StartSystemError; as {@link swap}. */
  async start(implementation: Implementation): Promise<void> {
    const { name, gate, reset } = this.#context;
    const { runner } = await this.#open(implementation, { reset, keepVolatile: false });
    // The process before may have died while it ran some.
    await runner.ticks.release();
    await gate.runLeftHooks();
    await runStartSystems(name, runner);
  }

  /**
   * @throws SchemaChangeError when the data does not fit the schema; StoreLockedError, StoreFormatError,
   * DataFolderError; AggregateError when the code before cannot be served any more either.
   */
  async swap(next: Implementation, previous: Implementation, reset: boolean): Promise<void> {
    try {
      await this.close();
      await this.#open(next, { reset, keepVolatile: !reset });
    } catch (error) {
      await this.#openAgain(previous, error);
      throw error;
    } finally {
      await this.#adoptClients();
    }
  }

  async settled(): Promise<void> {
    const store = this.#opened?.store;
    if (store === undefined || store.durablePosition >= store.position) return;
    const { position } = store;
    await new Promise<void>((resolve) => {
      const end = store.onDurable((durable) => {
        if (durable < position) return;
        end();
        resolve();
      });
    });
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    if (opened === undefined) return;
    this.#opened = undefined;
    opened.engine.live.close();
    await opened.store.close();
    opened.lag.close();
  }

  async #open(implementation: Implementation, how: { reset: boolean; keepVolatile: boolean }): Promise<Engine> {
    const { path } = this.#place;
    let store: EmbeddedStore | undefined;
    try {
      store = EmbeddedStore.open(this.#place);
      if (how.reset) store.resetData();
      // The results of @once calls outlive a swap like any other rows.
      store.applySchema(coreSchema);
      const { schema, migrations } = implementation;
      store.applySchema(schema, { keepVolatile: how.keepVolatile, migrations });
      const on = { stores: singleStore(store), ids: store, durability: durabilityOf(store) };
      const engine = makeEngine(this.#context, implementation, on);
      store.onFailure(this.#context.onFailure);
      this.#opened = { store, engine, lag: new FeedLag(store) };
      this.#context.gate.attach(engine);
      return engine;
    } catch (error) {
      await store?.close();
      throw asFolderError(path, error);
    }
  }

  async #openAgain(previous: Implementation, first: unknown): Promise<void> {
    try {
      await this.#open(previous, { reset: false, keepVolatile: true });
    } catch (second) {
      const lost = `neither the new code nor the one before can be served: ${String(second)}`;
      throw new AggregateError([first, second], `${lost}; first: ${String(first)}`, { cause: first });
    }
  }

  /** Connections and their subscriptions go on over the new engine. */
  async #adoptClients(): Promise<void> {
    const engine = this.#opened?.engine;
    if (engine === undefined) return;
    const { gate, kept } = this.#context;
    // Sessions of lost links are among the clients.
    await engine.runner.adopt(gate.clients.all());
    for (const { client, subscription, reason } of (await kept?.restore(engine.live)) ?? []) {
      client.close(CloseCode.goingAway, `the schema has changed, ${subscription} cannot go on: ${reason}`);
    }
  }
}

/** Errors of the system and of LMDB have a code, and say nothing of where they come from. */
function asFolderError(path: string, error: unknown): unknown {
  const ofSystem = error instanceof Error && error.constructor === Error && "code" in error;
  return ofSystem ? new DataFolderError(path, error) : error;
}

/** Where an instance keeps its data. */
export function dataPath(folder: string, instance: string): string {
  return join(folder, instance);
}
