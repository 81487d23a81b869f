import type { Engine } from "../gate/client.js";
import type { Instance } from "../gate/instance.js";
import type { KeptSubscriptions } from "../gate/subscription-record.js";
import { createLiveQueries } from "../live/live-queries.js";
import type { SubscriptionNumbers } from "../live/subscription-numbers.js";
import type { Implementation } from "../schema/schema.js";
import type { Store } from "../store/contract.js";
import type { RedisStores } from "../store/redis/redis-stores.js";
import type { RunnerObserver } from "../transaction/contract.js";
import { createRunner } from "../transaction/runner.js";
import type { FeedLag } from "./feed-lag.js";
import type { Log } from "./log.js";

/** What every kind of engine is made for. */
export interface EngineContext {
  /** Of the instance. */
  readonly name: string;
  /** The clients that an engine serves; they outlive it. */
  readonly gate: Instance;
  /** What subscriptions are called; likewise. */
  readonly numbers: SubscriptionNumbers;
  /** What clients have subscribed; `undefined` where code is never exchanged. */
  readonly kept: KeptSubscriptions | undefined;
  readonly observer: RunnerObserver;
  readonly log: Log;
  /** Deletes all data first. */
  readonly reset: boolean;
  /** This process has a number on the shared store; the start goes on. */
  readonly onJoined: () => void;
  /** What a dead process was about to run for a schedule is to be run by somebody. */
  readonly onTicksReleased: () => void;
  /** The store cannot keep its promises any more, or others have taken this process for dead: it must end. */
  readonly onFailure: (error: Error) => void;
}

/** An instance's data, and the engine that serves it; one class for each kind of store. */
export interface EngineHost {
  /** `undefined` before it has started and after it has closed. */
  readonly engine: Engine | undefined;
  /** How far durability lags behind; `undefined` where a commit is told only when it is durable. */
  readonly lag: FeedLag | undefined;
  /** Whether clients may be sent here, as far as the store is concerned. */
  readonly ready: boolean;
  /** On a shared store: this process's number there, so that a supervisor can have it freed when the process dies. */
  readonly lease?: { readonly worker: number; readonly token: Uint8Array } | undefined;
  /**
   * The time of day that schedules go by, in milliseconds since 1970, which all processes on a shared store agree on; left
   * out: that of the machine.
   */
  now?(): number;
  /** The stores of an instance on Redis, for metrics. */
  readonly redis?: RedisStores | undefined;
  /** On a shared store: a process that had this number has died. Also while this one starts. */
  reap?(worker: number, token: Uint8Array): Promise<void>;
  /** On a shared store: shows the others, some of which may wait for it, that this process lives. */
  renew?(): Promise<void>;
  /** Makes the engine, attaches it to the gate, and does what is to be done once a start of the instance. */
  start(implementation: Implementation): Promise<void>;
  /**
   * Goes on with other code while no request runs. When the data does not fit, everything stays as it was.
   * @param reset deletes the data first.
   * @throws SchemaChangeError
   */
  swap(next: Implementation, previous: Implementation, reset: boolean): Promise<void>;
  /** Resolves when what was committed until now may be told. */
  settled(): Promise<void>;
  /** Waits until everything is durable, then closes the store. */
  close(): Promise<void>;
}

/** What a negative `limit` of a subscription means. */
const MAX_LIMIT = 10_000;
/** Rows that a window under row-level security may look at. */
const MAX_SCAN = 10_000;

/**
 * What serves an instance, over stores that have its tables.
 * @param worker Number of this process among those that share the stores.
 * @throws as {@link createRunner}.
 */
export function makeEngine(
  { gate, numbers, observer }: EngineContext,
  implementation: Implementation,
  on: Pick<Engine, "stores" | "ids" | "durability">,
  worker = 0,
): Engine {
  const { schema } = implementation;
  const { stores } = on;
  const tables = schema.tables.map(({ name }) => stores.of(name).table(name));
  const live = createLiveQueries(stores, tables, {
    maxSubscriptions: gate.limits.subscriptions,
    maxLimit: MAX_LIMIT,
    maxScan: MAX_SCAN,
    numbers,
    onMessage: (message, position, store) => gate.onMessage(message, position, store),
  });
  const runner = createRunner({ implementation, stores, live, worker, sink: gate, observer });
  return { ...on, schema, live, runner };
}

/** Durability that a store tells of by itself. */
export function durabilityOf(store: Store): Engine["durability"] {
  return {
    get position() {
      return store.durablePosition;
    },
    onDurable: (listener) => store.onDurable(listener),
  };
}
