import type { MaybePromise, Store } from "../store/contract.js";
import { IdsPausedError } from "../store/ids-paused.js";
import { readCommitMessage } from "../transaction/commit-message.js";
import { type ConnectionRecord, ConnectionTakenError } from "../transaction/connection-record.js";
import type { CallOutcome, Effects, EffectSink, LeftConnection, Principal } from "../transaction/contract.js";
import type { Standing } from "../transaction/sharing-contract.js";
import type { Resume } from "../wire/hetu2/client-frames.js";
import type { Client, ConnectionHost, Engine, GateLog, Refusal, SubscriptionRecord } from "./client.js";
import { Clients } from "./clients.js";
import { CloseCode } from "./close-code.js";
import type { GateCounters } from "./counters.js";
import { DurabilityQueue } from "./durability.js";
import { applyToCaller, sendEvents } from "./effects.js";
import type { FlushQueue } from "./flush-queue.js";
import { Kicks } from "./kicks.js";
import type { InstanceLayers, ServerLayers } from "./layers/server-layers.js";
import type { GateLimits } from "./limits.js";
import type { OutboxContext } from "./outbox.js";
import type { RateLimits } from "./rate-limits.js";
import type { SessionHistory } from "./session-history.js";
import type { SessionState } from "./session-state.js";
import { Sessions } from "./sessions.js";
import { type DeadWorker, SharedSessions } from "./shared-sessions.js";
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
  #stopping = false;
  readonly #kicks: Kicks;
  readonly #shared: SharedSessions;
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
    this.#kicks = new Kicks(this.clients, this.sessions);
    this.#shared = new SharedSessions(this);
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

  get stopping(): boolean {
    return this.#stopping;
  }

  /** Calls are answered `SHUTTING_DOWN`; where other processes go on with sessions, they do so at once. */
  set stopping(value: boolean) {
    this.#stopping = value;
    if (value) for (const client of [...this.clients.all()]) client.drain();
  }

  /** How long a session is kept after its link has dropped, in milliseconds. */
  get window(): number {
    return this.sessions.window;
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

  /** The id of a new connection. Waits while none may be given. @throws LeaseLostError and the like */
  newId(): MaybePromise<bigint> {
    const { ids } = this.engine;
    try {
      return ids.nextId();
    } catch (error) {
      if (error instanceof IdsPausedError) return error.resumed.then(() => this.newId());
      throw error;
    }
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
    if (client.left) this.#shared.leave(client);
    if (client.left || client.elsewhere) this.clients.remove(client);
    else void this.runHooks("disconnect", client).then(() => this.clients.remove(client));
  }

  /**
   * Runs the `@on(disconnect)` systems that connections of dead processes have not had, when the instance starts.
   * @throws StoreFailedError
   */
  async runLeftHooks(): Promise<void> {
    const { runner } = this.engine;
    if (runner.sharing !== undefined) {
      await this.#shared.onStart();
      return;
    }
    const left = await runner.leftBehind();
    for (const [at, each] of left.entries()) {
      await this.runLeft(each);
      // Thousands of transactions without a turn of the event loop would look like a system that never yields.
      if (at % LEFT_PER_TURN === LEFT_PER_TURN - 1) await new Promise((resolve) => setImmediate(resolve));
    }
    if (left.length > 0) this.log.leftBehind(left.length);
  }

  async runLeft({ principal, hooks }: LeftConnection): Promise<void> {
    const { runner } = this.engine;
    for (const name of hooks) {
      this.#judge(name, principal, await runner.call({ name, args: [], principal, internal: true }));
    }
    await runner.sharing?.ended(principal, hooks.length);
  }

  /** The volatile tables of the instance, which starts, are empty; {@link watchLeft} follows. */
  beginStart(): void {
    this.#shared.beginStart();
  }

  /** The instance has started: looks after sessions that no process serves. */
  watchLeft(): void {
    this.#shared.watch();
  }

  /** Takes care of the connections of a process that has died. @throws StoreFailedError */
  onDead(dead: DeadWorker): Promise<void> {
    return this.#shared.onDead(dead);
  }

  /** What a commit of another process means here, after the row updates of that commit. */
  onMessage(message: Uint8Array, position: number, store: Store): void {
    const { events, kick, moved, parkedUntil } = readCommitMessage(message);
    for (const move of moved) this.#shared.moved(move, position);
    if (parkedUntil !== undefined) this.#shared.parked(parkedUntil);
    if (kick !== undefined) this.#kicks.kick(kick, this.#numberOf(store), position);
    if (events.length > 0) sendEvents(this.clients, events, position);
  }

  /** Nothing is looked after any more. */
  close(): void {
    this.#shared.close();
  }

  takeOver(
    resume: Resume,
    next: Uint8Array | undefined,
    limits: RateLimits,
  ): Promise<SessionState | undefined> | undefined {
    return this.#shared.takeOver(resume, next, limits);
  }

  standing(client: Client): Promise<Standing | undefined> {
    return this.#shared.standing(client);
  }

  newRecord(token: Uint8Array | undefined): ConnectionRecord | undefined {
    return this.#shared.newRecord(token);
  }

  renew(client: Client, next: Uint8Array | undefined, given: Uint8Array): Promise<boolean> {
    return this.#shared.renew(client, next, given);
  }

  tokenShown(client: Client): void {
    this.sessions.shown(client);
    this.#shared.tokenShown(client);
  }

  since(history: SessionHistory, position: number): number | undefined {
    const [home, ...others] = this.engine.stores.all;
    // Positions of several stores say nothing of each other, nor of commits that were lost.
    return others.length > 0 || position < home.floor ? undefined : history.since(position);
  }

  leaves(client: Client): boolean {
    return this.#stopping && this.window > 0 && client.record?.resumable === true;
  }

  /** Runs the `@on` systems in declaration order, each as a transaction of its own. Does not throw. */
  async runHooks(event: "connect" | "disconnect", client: Client): Promise<Refusal | undefined> {
    if (this.held) await this.#work.opened();
    this.#work.begin();
    try {
      const { runner } = this.engine;
      const hooks = runner.triggered(event);
      if (event === "connect" && runner.recordsConnections) await runner.opened(client);
      if (event === "disconnect") await runner.sharing?.ending(client);
      for (const name of hooks) {
        const outcome = await runner.call({ name, args: [], principal: client, internal: true });
        const refusal = this.#judge(name, client, outcome);
        if (refusal !== undefined && event === "connect") return refusal;
      }
      if (event === "disconnect") await runner.sharing?.ended(client, hooks.length);
      return undefined;
    } catch (error) {
      // It goes on elsewhere, which is about to be heard.
      if (error instanceof ConnectionTakenError) return undefined;
      this.log.fault(client, error);
      if (event === "disconnect") this.#shared.tryAgain(client.connection);
      return { code: CloseCode.internalError, reason: "internal error" };
    } finally {
      this.#work.end();
    }
  }

  apply(connection: bigint | undefined, effects: Effects, position: number, store: Store): void | Promise<void> {
    const client = connection === undefined ? undefined : this.clients.get(connection);
    const place = { store: this.#numberOf(store), position };
    if (effects.elevate?.kick === true) this.#shared.kicked();
    if (client !== undefined && applyToCaller(this.clients, this.#kicks, client, effects, place)) {
      client.identityChanged();
      this.#shared.identityChanged(client);
      const reevaluated = client.gone ? undefined : this.engine.live.reevaluate(client);
      if (reevaluated instanceof Promise) {
        return reevaluated.then(() => {
          // What came until now may still be of who it was.
          client.identityChanged();
          sendEvents(this.clients, effects.events, position);
        });
      }
    }
    if (effects.events.length > 0) sendEvents(this.clients, effects.events, position);
  }

  #numberOf(store: Store): number {
    return Math.max(0, this.engine.stores.all.indexOf(store));
  }

  #judge(name: string, client: Principal, outcome: CallOutcome): Refusal | undefined {
    switch (outcome.status) {
      case "ok":
        return undefined;
      case "rejected":
        this.log.hookRejected(name, client, outcome.code);
        return { code: CloseCode.refused, reason: `refused by ${name}: ${outcome.code}` };
      case "failed":
        // Another process goes on with the connection.
        if (outcome.error instanceof ConnectionTakenError) return undefined;
        this.log.callFailed(name, client, outcome.error);
        return { code: CloseCode.internalError, reason: `${name} failed` };
    }
  }
}
