import { Instance, type InstanceOptions } from "../gate/instance.js";
import { CloseCode } from "../gate/close-code.js";
import { KeptSubscriptions, noRecord } from "../gate/subscription-record.js";
import { SubscriptionNumbers } from "../live/subscription-numbers.js";
import type { Implementation } from "../schema/schema.js";
import type { RunnerObserver } from "../transaction/contract.js";
import { CallStatistics, observeBoth } from "./call-statistics.js";
import { type EmbeddedEngine, openEngine } from "./engine.js";
import { StartSystemError } from "./errors.js";
import { FeedLag } from "./feed-lag.js";

export interface ServedInstanceOptions extends Omit<InstanceOptions, "subscriptions"> {
  readonly implementation: Implementation;
  readonly path: string;
  readonly durability: "commit" | "flush";
  readonly worker: number;
  readonly observer: RunnerObserver | undefined;
  readonly swappable: boolean;
  readonly reset: boolean;
  readonly onStoreFailure: (error: Error) => void;
}

/** An instance with its engine: opened, exchanged while clients stay connected, closed. */
export class ServedInstance {
  readonly gate: Instance;
  readonly statistics = new CallStatistics();
  readonly #options: ServedInstanceOptions;
  readonly #kept: KeptSubscriptions | undefined;
  /** Outlive an engine, like the connections that know them. */
  readonly #numbers = new SubscriptionNumbers();
  #implementation: Implementation;
  #engine: EmbeddedEngine | undefined;
  #lag: FeedLag | undefined;

  constructor(options: ServedInstanceOptions) {
    this.#options = options;
    this.#implementation = options.implementation;
    this.#kept = options.swappable ? new KeptSubscriptions() : undefined;
    this.gate = new Instance({ ...options, subscriptions: this.#kept ?? noRecord });
  }

  get implementation(): Implementation {
    return this.#implementation;
  }

  get engine(): EmbeddedEngine | undefined {
    return this.#engine;
  }

  get lag(): FeedLag | undefined {
    return this.#lag;
  }

  /** Opens the data, runs what a dead process has left to be run, then the systems `@on(start)`. @throws StartSystemError and what {@link openEngine} throws. */
  async start(): Promise<void> {
    const engine = await this.#open(this.#implementation, { reset: this.#options.reset, keepVolatile: false });
    await this.gate.runLeftHooks();
    const principal = { connection: undefined, caller: undefined, group: undefined, session: {} };
    for (const name of engine.runner.triggered("start")) {
      const outcome = await engine.runner.call({ name, args: [], principal, internal: true });
      if (outcome.status === "rejected")
        throw new StartSystemError(this.gate.name, name, `rejected with ${outcome.code}`);
      if (outcome.status === "failed") {
        throw new StartSystemError(this.gate.name, name, `failed: ${String(outcome.error)}`, outcome.error);
      }
    }
  }

  /**
   * Goes on with other code, and perhaps another schema, without dropping a connection. When the data does not fit,
   * everything stays as it was.
   *
   * @param reset deletes the data first; the clients are then disconnected, since what they hold is gone.
   * @throws SchemaChangeError
   */
  async swap(next: Implementation, reset: boolean): Promise<void> {
    await this.gate.hold();
    const unpin = this.#numbers.pin();
    const previous = this.#implementation;
    try {
      await this.#close();
      await this.#open(next, { reset, keepVolatile: !reset });
      this.#implementation = next;
    } catch (error) {
      try {
        await this.#open(previous, { reset: false, keepVolatile: true });
      } catch (second) {
        const lost = `neither the new code nor the one before can be served: ${String(second)}`;
        throw new AggregateError([error, second], `${lost}; first: ${String(error)}`, { cause: error });
      }
      throw error;
    } finally {
      // Sessions of lost links are among the clients.
      await this.#engine?.runner.adopt(this.gate.clients.all());
      await this.#restoreSubscriptions();
      unpin();
      this.#tellClients(previous, reset && this.#implementation === next);
      this.gate.release();
    }
  }

  /** What a client of hetu.2 knows by number, or was shown, may be something else now. */
  #tellClients(previous: Implementation, reset: boolean): void {
    const { clients, sessions } = this.gate;
    if (reset) sessions.expireAll();
    const renumbered = previous.schema.wire.fingerprint !== this.#implementation.schema.wire.fingerprint;
    for (const client of [...clients.all()]) {
      client.forgetPositions();
      if (reset) client.close(CloseCode.goingAway, "the data was reset");
      else if (renumbered && client.protocol === "hetu.2") client.restart("the schema has changed");
    }
  }

  /** Resolves when everything committed until now is durable, so that the answers have been handed to the sockets. */
  async answersSent(): Promise<void> {
    const store = this.#engine?.store;
    if (store === undefined) return;
    const { position } = store;
    if (store.durablePosition < position) {
      await new Promise<void>((resolve) => {
        const end = store.onDurable((durable) => {
          if (durable < position) return;
          end();
          resolve();
        });
      });
    }
    // The outboxes flush at the end of the tick.
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Waits until everything is durable, then closes the store. */
  async close(): Promise<void> {
    await this.#close();
  }

  async #open(implementation: Implementation, how: { reset: boolean; keepVolatile: boolean }): Promise<EmbeddedEngine> {
    const { schema } = implementation;
    this.statistics.know([...schema.systems, ...schema.endpoints].map((callable) => callable.name));
    const engine = await openEngine({
      implementation,
      path: this.#options.path,
      durability: this.#options.durability,
      worker: this.#options.worker,
      maxSubscriptions: this.#options.limits.subscriptions,
      numbers: this.#numbers,
      sink: this.gate,
      observer: observeBoth(this.statistics, this.#options.observer),
      ...how,
    });
    engine.store.onFailure(this.#options.onStoreFailure);
    this.#engine = engine;
    this.#lag = new FeedLag(engine.store);
    this.gate.attach(engine);
    return engine;
  }

  async #close(): Promise<void> {
    const engine = this.#engine;
    if (engine === undefined) return;
    this.#engine = undefined;
    await engine.close();
    this.#lag?.close();
  }

  async #restoreSubscriptions(): Promise<void> {
    if (this.#kept === undefined || this.#engine === undefined) return;
    for (const { client, subscription, reason } of await this.#kept.restore(this.gate.engine.live)) {
      client.close(CloseCode.goingAway, `the schema has changed, ${subscription} cannot go on: ${reason}`);
    }
  }
}
