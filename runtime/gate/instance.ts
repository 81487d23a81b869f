import type { CallOutcome, Effects, EffectSink, Principal } from "../transaction/contract.js";
import type { Client, ConnectionHost, Engine, GateLog, Refusal, SubscriptionRecord } from "./client.js";
import { Clients } from "./clients.js";
import { CloseCode } from "./close-code.js";
import type { GateCounters } from "./counters.js";
import { DurabilityQueue } from "./durability.js";
import { applyToCaller, sendEvents } from "./effects.js";
import type { FlushQueue } from "./flush-queue.js";
import type { InstanceLayers, ServerLayers } from "./layers/server-layers.js";
import type { GateLimits } from "./limits.js";
import type { OutboxContext } from "./outbox.js";
import { Sessions } from "./sessions.js";
import { WireNames } from "./wire-names.js";
import type { FrameBatch } from "./websocket-frame.js";
import { WorkGate } from "./work-gate.js";

export interface InstanceOptions {
  readonly name: string;
  readonly limits: GateLimits;
  readonly layers: ServerLayers;
  readonly counters: GateCounters;
  readonly flushes: FlushQueue;
  readonly batch: FrameBatch;
  readonly log: GateLog;
  readonly motd: string;
  /** Tells clients the message of a failure instead of `INTERNAL`. */
  readonly debug: boolean;
  readonly subscriptions: SubscriptionRecord;
}

/** Connections of a dead process whose hooks run in one turn of the event loop. */
const LEFT_PER_TURN = 64;

/** One schema served at `/hetu/<name>`: its engine, its clients, and the effects of its commits on them. */
export class Instance implements ConnectionHost, EffectSink {
  readonly name: string;
  readonly limits: GateLimits;
  readonly log: GateLog;
  readonly motd: string;
  readonly outboxes: OutboxContext;
  readonly clients = new Clients();
  readonly sessions: Sessions<Client>;
  readonly subscriptions: SubscriptionRecord;
  stopping = false;
  readonly #work = new WorkGate();
  readonly #serverLayers: ServerLayers;
  readonly #debug: boolean;
  readonly #durability = new DurabilityQueue(0);
  readonly #callLimits = new Map<string, { readonly times: number; readonly perMs: number }>();
  readonly #sessionProperties = new Map<string, string>();
  #engine: Engine | undefined;
  #layers: InstanceLayers = { hetu1: undefined, hetu2: undefined };
  #names: WireNames | undefined;
  #detach: () => void = () => undefined;

  constructor(options: InstanceOptions) {
    this.name = options.name;
    this.limits = options.limits;
    this.log = options.log;
    this.motd = options.motd;
    this.#debug = options.debug;
    this.subscriptions = options.subscriptions;
    this.#serverLayers = options.layers;
    this.sessions = new Sessions({
      window: options.layers.settings.resumeWindow,
      most: options.limits.parkedSessions,
      mostPerAddress: options.limits.connectionsPerAddress,
    });
    this.outboxes = {
      durability: this.#durability,
      flushes: options.flushes,
      batch: options.batch,
      counters: options.counters,
      socketBuffer: options.limits.socketBuffer,
      maxBacklog: options.limits.maxBacklog,
    };
  }

  /** @throws Error before {@link attach}. */
  get engine(): Engine {
    if (this.#engine === undefined) throw new Error(`instance ${this.name} has no engine yet`);
    return this.#engine;
  }

  /** Those of the schema that is served now; connections keep what they have shaken hands with. */
  get layers(): InstanceLayers {
    return this.#layers;
  }

  /** @throws Error before {@link attach}. */
  get names(): WireNames {
    return (this.#names ??= new WireNames(this.engine.schema));
  }

  /** Serves this engine from now on; `onFailure`s of its store are the server's business. */
  attach(engine: Engine): void {
    this.#detach();
    this.#engine = engine;
    this.#layers = this.#serverLayers.of(engine.schema);
    this.#names = undefined;
    this.#callLimits.clear();
    this.#sessionProperties.clear();
    for (const callable of [...engine.schema.systems, ...engine.schema.endpoints]) {
      if (callable.limit !== undefined) this.#callLimits.set(callable.name, callable.limit);
    }
    for (const field of engine.schema.session) this.#sessionProperties.set(field.name, field.property);
    this.#durability.position = engine.durability.position;
    this.#detach = engine.durability.onDurable((position) => this.#durability.advance(position));
  }

  get held(): boolean {
    return this.#work.closed;
  }

  /** Starts no further request and resolves when the running ones, hooks included, have finished. */
  hold(): Promise<void> {
    return this.#work.close();
  }

  /** Ends {@link hold}. */
  release(): void {
    this.#work.open();
    for (const client of this.clients.all()) client.resume();
  }

  workBegun(): void {
    this.#work.begin();
  }

  workEnded(): void {
    this.#work.end();
  }

  /** Resolves when no request and no hook is running. */
  idle(): Promise<void> {
    return this.#work.idle();
  }

  callLimit(name: string): { readonly times: number; readonly perMs: number } | undefined {
    return this.#callLimits.get(name);
  }

  sessionProperty(name: string): string | undefined {
    return this.#sessionProperties.get(name);
  }

  failure(error: unknown): string {
    return this.#debug ? String(error) : "INTERNAL";
  }

  opened(client: Client): void {
    this.outboxes.counters.openedConnections++;
    this.clients.add(client);
  }

  resumed(client: Client): void {
    this.clients.add(client);
    if (client.caller === undefined) return;
    client.address.identified();
    this.clients.identify(client, client.caller);
  }

  ended(client: Client, code: number, reason: string, wasOpen: boolean): void {
    this.outboxes.counters.closed(code);
    this.log.disconnected(client, code, reason);
    if (wasOpen) this.clients.leave(client);
    this.subscriptions.drop(client);
  }

  disconnected(client: Client): void {
    void this.runHooks("disconnect", client).then(() => this.clients.remove(client));
  }

  /**
   * Runs the `@on(disconnect)` systems that connections of a dead process have not had.
   * @throws StoreFailedError
   */
  async runLeftHooks(): Promise<void> {
    const { runner } = this.engine;
    const left = await runner.leftBehind();
    for (const [at, { principal, hooks }] of left.entries()) {
      for (const name of hooks) {
        this.#judge(name, principal, await runner.call({ name, args: [], principal, internal: true }));
      }
      // Thousands of transactions without a turn of the event loop would look like a system that never yields.
      if (at % LEFT_PER_TURN === LEFT_PER_TURN - 1) await new Promise((resolve) => setImmediate(resolve));
    }
    if (left.length > 0) this.log.leftBehind(left.length);
  }

  /** Runs the `@on` systems in declaration order, each as a transaction of its own. Does not throw. */
  async runHooks(event: "connect" | "disconnect", client: Client): Promise<Refusal | undefined> {
    if (this.held) await this.#work.opened();
    this.#work.begin();
    try {
      const { runner } = this.engine;
      if (event === "connect" && runner.recordsConnections) await runner.opened(client);
      for (const name of runner.triggered(event)) {
        const outcome = await runner.call({ name, args: [], principal: client, internal: true });
        const refusal = this.#judge(name, client, outcome);
        if (refusal !== undefined && event === "connect") return refusal;
      }
      return undefined;
    } catch (error) {
      this.log.fault(client, error);
      return { code: CloseCode.internalError, reason: "internal error" };
    } finally {
      this.#work.end();
    }
  }

  apply(connection: bigint | undefined, effects: Effects, position: number): void | Promise<void> {
    const client = connection === undefined ? undefined : this.clients.get(connection);
    if (client !== undefined && applyToCaller(this.clients, this.sessions, client, effects)) {
      client.identityChanged();
      const reevaluated = client.gone ? undefined : this.engine.live.reevaluate(client);
      if (reevaluated instanceof Promise) {
        return reevaluated.then(() => {
          // What came until now may still be of who it was.
          client.identityChanged();
          sendEvents(this.clients, effects, position);
        });
      }
    }
    if (effects.events.length > 0) sendEvents(this.clients, effects, position);
  }

  #judge(name: string, client: Principal, outcome: CallOutcome): Refusal | undefined {
    switch (outcome.status) {
      case "ok":
        return undefined;
      case "rejected":
        this.log.hookRejected(name, client, outcome.code);
        return { code: CloseCode.refused, reason: `refused by ${name}: ${outcome.code}` };
      case "failed":
        this.log.callFailed(name, client, outcome.error);
        return { code: CloseCode.internalError, reason: `${name} failed` };
    }
  }
}
