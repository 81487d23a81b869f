import type { Engine } from "../gate/client.js";
import { CloseCode } from "../gate/close-code.js";
import { Instance, type InstanceOptions } from "../gate/instance.js";
import { KeptSubscriptions, noRecord } from "../gate/subscription-record.js";
import { SubscriptionNumbers } from "../live/subscription-numbers.js";
import { scheduled } from "../schedule/scheduled.js";
import { Scheduler, systemClock, type TickCounts } from "../schedule/scheduler.js";
import type { Implementation } from "../schema/schema.js";
import type { RunnerObserver } from "../transaction/contract.js";
import { CallStatistics, observeBoth } from "./call-statistics.js";
import type { StorePlace } from "./check-store.js";
import { dataPath, EmbeddedEngine } from "./embedded-engine.js";
import { Deadline } from "./deadline.js";
import type { EngineContext, EngineHost } from "./engine.js";
import { CallsStillRunError } from "./errors.js";
import type { FeedLag } from "./feed-lag.js";
import { RedisEngine } from "./redis-engine.js";
import type { Log } from "./log.js";
import { WrittenScheduleLog } from "./written-schedule-log.js";

export interface ServedInstanceOptions extends Omit<InstanceOptions, "subscriptions"> {
  readonly implementation: Implementation;
  readonly place: StorePlace;
  readonly observer: RunnerObserver | undefined;
  readonly swappable: boolean;
  readonly reset: boolean;
  readonly serverLog: Log;
  readonly onStoreFailure: (error: Error) => void;
  readonly onJoined: () => void;
}

/** An instance with its engine: opened, exchanged while clients stay connected, closed. */
export class ServedInstance {
  readonly gate: Instance;
  readonly statistics = new CallStatistics();
  /** Of systems `@every` and `@cron`. */
  readonly ticks = new Map<string, TickCounts>();
  readonly #numbers = new SubscriptionNumbers();
  readonly #host: EngineHost;
  readonly #scheduleLog: WrittenScheduleLog;
  #implementation: Implementation;
  #scheduler: Scheduler | undefined;

  constructor(options: ServedInstanceOptions) {
    this.#implementation = options.implementation;
    // Stores that outlive an exchange of code pass live queries on as they are.
    const kept = options.swappable && options.place.kind === "embedded" ? new KeptSubscriptions() : undefined;
    this.gate = new Instance({ ...options, subscriptions: kept ?? noRecord });
    this.#scheduleLog = new WrittenScheduleLog(options.serverLog, options.name);
    this.#host = hostOf(options.place, {
      name: options.name,
      gate: this.gate,
      numbers: this.#numbers,
      kept,
      observer: observeBoth(this.statistics, options.observer),
      log: options.serverLog,
      reset: options.reset,
      onTicksReleased: () => this.#scheduler?.look(),
      onFailure: options.onStoreFailure,
      onJoined: options.onJoined,
    });
  }

  get implementation(): Implementation {
    return this.#implementation;
  }

  get engine(): Engine | undefined {
    return this.#host.engine;
  }

  get lag(): FeedLag | undefined {
    return this.#host.lag;
  }

  /** Whether its store lets clients be sent here. */
  get ready(): boolean {
    return this.#host.ready;
  }

  get redis(): EngineHost["redis"] {
    return this.#host.redis;
  }

  get lease(): EngineHost["lease"] {
    return this.#host.lease;
  }

  /** A process that had this number on the shared store has died. */
  async reap(worker: number, token: Uint8Array): Promise<void> {
    await this.#host.reap?.(worker, token);
  }

  /** Shows the other processes on a shared store that this one lives. */
  async renew(): Promise<void> {
    await this.#host.renew?.();
  }

  /** Opens the data, runs what dead processes have left to be run, then the systems `@on(start)`. */
  async start(): Promise<void> {
    this.#knowSystems(this.#implementation);
    await this.#host.start(this.#implementation);
  }

  /** From now on the systems `@every` and `@cron` are run; until the gate of the instance is stopping. */
  beginTicks(): void {
    const { engine, gate } = this;
    if (engine === undefined || gate.stopping) return;
    const { systems } = this.#implementation.schema;
    this.#scheduler = new Scheduler({
      systems: scheduled(systems),
      runs: engine.runner.ticks,
      shared: engine.runner.sharing !== undefined,
      work: { begin: () => gate.workBegun(), end: () => gate.workEnded() },
      log: this.#scheduleLog,
      counts: this.ticks,
      clock: { ...systemClock, now: () => this.#host.now?.() ?? Date.now() },
    });
    this.#scheduler.start();
  }

  /** The last tick has begun; {@link Instance.idle} waits for it. */
  endTicks(): void {
    this.#scheduler?.stop();
    this.#scheduler = undefined;
  }

  /**
   * Goes on with other code, and perhaps another schema, without dropping a connection. When the data does not fit,
   * everything stays as it was.
   *
   * @param reset deletes the data first; the clients are then disconnected, since what they hold is gone.
   * @param deadlineMs for the calls that run.
   * @throws SchemaChangeError; CallsStillRunError
   */
  async swap(next: Implementation, reset: boolean, deadlineMs: number): Promise<void> {
    const ticks = this.#scheduler;
    ticks?.stop();
    if (!(await new Deadline(deadlineMs).within(this.gate.hold()))) {
      this.gate.release();
      // Not other ones: those would not know of a run that still goes on, and begin another beside it.
      if (ticks === this.#scheduler) ticks?.start();
      throw new CallsStillRunError(this.gate.name, deadlineMs);
    }
    const unpin = this.#numbers.pin();
    const previous = this.#implementation;
    this.#knowSystems(next);
    try {
      await this.#host.swap(next, previous, reset);
      this.#implementation = next;
    } finally {
      unpin();
      this.#tellClients(previous, reset && this.#implementation === next);
      this.gate.release();
      if (ticks !== undefined && ticks === this.#scheduler) this.beginTicks();
    }
  }

  /** Resolves when everything committed until now is durable, so that the answers have been handed to the sockets. */
  async answersSent(): Promise<void> {
    if (this.engine === undefined) return;
    await this.#host.settled();
    // The outboxes flush at the end of the tick.
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Waits until everything is durable, then closes the store. */
  async close(): Promise<void> {
    this.endTicks();
    await this.#host.close();
  }

  #knowSystems({ schema }: Implementation): void {
    this.statistics.know([...schema.systems, ...schema.endpoints].map(({ name }) => name));
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
}

function hostOf(place: StorePlace, context: EngineContext): EngineHost {
  if (place.kind === "embedded") {
    const { folder, durability, worker } = place;
    return new EmbeddedEngine(context, { path: dataPath(folder, context.name), durability, worker });
  }
  const embedded = place.embedded === undefined ? undefined : dataPath(place.embedded, context.name);
  return new RedisEngine(context, place, embedded);
}
