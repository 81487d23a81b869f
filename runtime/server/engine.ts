import { join } from "node:path";
import type { Engine } from "../gate/client.js";
import { coreSchema } from "../core/schema.js";
import { createLiveQueries } from "../live/live-queries.js";
import type { SubscriptionNumbers } from "../live/subscription-numbers.js";
import type { Implementation } from "../schema/schema.js";
import { EmbeddedStore } from "../store/embedded/embedded-store.js";
import { singleStore } from "../store/single-store.js";
import type { EffectSink, RunnerObserver } from "../transaction/contract.js";
import { createRunner } from "../transaction/runner.js";
import { DataFolderError } from "./errors.js";

export interface EngineOptions {
  readonly implementation: Implementation;
  /** Folder of this instance's data. */
  readonly path: string;
  readonly durability: "commit" | "flush";
  readonly worker: number;
  readonly maxSubscriptions: number;
  readonly numbers: SubscriptionNumbers;
  readonly sink: EffectSink;
  readonly observer: RunnerObserver;
  /** Deletes all data first. */
  readonly reset: boolean;
  /** The instance goes on rather than starts: tables that are `@volatile` keep their rows. */
  readonly keepVolatile: boolean;
}

/** An engine on the embedded store, and how it ends. */
export interface EmbeddedEngine extends Engine {
  readonly store: EmbeddedStore;
  /** Waits until everything is durable. Nothing may run on it any more. */
  close(): Promise<void>;
}

/** What a negative `limit` of a subscription means. */
const MAX_LIMIT = 10_000;
/** Rows that a window under row-level security may look at. */
const MAX_SCAN = 10_000;

/**
 * Opens the data and makes everything that serves it.
 * @throws SchemaChangeError when the data does not fit the schema; StoreLockedError, StoreFormatError,
 * DataFolderError.
 */
export async function openEngine(options: EngineOptions): Promise<EmbeddedEngine> {
  const { schema } = options.implementation;
  const store = openStore(options);
  try {
    if (options.reset) store.resetData();
    // The results of @once calls outlive a swap like any other rows.
    store.applySchema(coreSchema);
    store.applySchema(schema, { keepVolatile: options.keepVolatile });
    const tables = schema.tables.map((table) => store.table(table.name));
    const stores = singleStore(store);
    const live = createLiveQueries(store, tables, {
      maxSubscriptions: options.maxSubscriptions,
      maxLimit: MAX_LIMIT,
      maxScan: MAX_SCAN,
      numbers: options.numbers,
    });
    const runner = createRunner({
      implementation: options.implementation,
      stores,
      sink: options.sink,
      observer: options.observer,
    });
    return {
      schema,
      store,
      stores,
      live,
      runner,
      ids: store,
      durability: {
        get position() {
          return store.durablePosition;
        },
        onDurable: (listener) => store.onDurable(listener),
      },
      async close() {
        live.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw asFolderError(options.path, error);
  }
}

function openStore({ path, durability, worker }: EngineOptions): EmbeddedStore {
  try {
    return EmbeddedStore.open({ path, durability, worker });
  } catch (error) {
    throw asFolderError(path, error);
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
