import { EventEmitter } from "node:events";
import { CloseCode } from "../gate/close-code.js";
import { GateCounters } from "../gate/counters.js";
import { FlushQueue } from "../gate/flush-queue.js";
import { Gate } from "../gate/gate.js";
import { ServerLayers } from "../gate/layers/server-layers.js";
import type { GateLimits } from "../gate/limits.js";
import { FrameBatch } from "../gate/websocket-frame.js";
import type { Implementation } from "../schema/schema.js";
import { checkImplementation, codeWithoutSchema, checkInstances, checkLimits, checkNumber } from "./check-options.js";
import { checkBackends, checkStore } from "./check-store.js";
import { checkWire } from "./check-wire.js";
import { Deadline } from "./deadline.js";
import { WrittenGateLog } from "./gate-log.js";
import { type Log, silent } from "./log.js";
import type { ServerOptions } from "./options.js";
import { ServedInstance } from "./served-instance.js";

/** What a server tells its program. */
export interface ServerEvents {
  /** It has got a number on the shared store of one more instance, and goes on starting: see {@link HetuServer.leases}. */
  joined: [];
  /** It accepts connections. */
  listening: [port: number];
  /**
   * The store cannot keep its promises any more (disk full, I/O error): end the process. Without a listener the error
   * becomes an uncaught exception, which does.
   */
  error: [error: Error];
  /** `close` has begun. */
  stopping: [];
  /** Everything is closed. */
  closed: [];
}

export type ServerState = "new" | "starting" | "serving" | "stopping" | "closed";

const DEFAULT_PORT = 2466;
/** Milliseconds. */
export const DEFAULT_STOP_DEADLINE = 10_000;

/** A server, as {@link createServer} makes it. */
export class HetuServer extends EventEmitter<ServerEvents> {
  readonly counters = new GateCounters();
  readonly instances: ReadonlyMap<string, ServedInstance>;
  readonly #options: ServerOptions;
  readonly #limits: GateLimits;
  readonly #log: Log;
  readonly #gate: Gate;
  #state: ServerState = "new";
  #closing: Promise<void> | undefined;

  /** See {@link createServer}. */
  constructor(options: ServerOptions) {
    super();
    this.#options = options;
    const implementations = checkInstances(options);
    this.#limits = checkLimits(options.limits);
    checkNumber("port", options.port ?? DEFAULT_PORT, 0, 65_535);
    checkNumber("trustedProxies", options.trustedProxies ?? 0, 0, 100);
    const place = checkStore(options);
    for (const [name, each] of implementations) checkBackends(place, each, `instance ${name}`);
    this.#log = options.log ?? silent;
    for (const [name, each] of implementations) this.#warnOfStrangers(name, each);
    const shared = {
      limits: this.#limits,
      layers: new ServerLayers(checkWire(options.wire), this.#limits.maxMessage),
      counters: this.counters,
      flushes: new FlushQueue(),
      batch: new FrameBatch(),
    };
    this.instances = new Map(
      [...implementations].map(([name, implementation]) => [
        name,
        new ServedInstance({
          ...shared,
          name,
          implementation,
          place,
          serverLog: this.#log,
          log: new WrittenGateLog(this.#log, name),
          motd: options.motd ?? "hetu",
          debug: options.debug ?? false,
          observer: options.observer,
          swappable: options.swappable ?? false,
          reset: options.resetData ?? false,
          onStoreFailure: (error) => this.#onStoreFailure(name, error),
          onJoined: () => this.emit("joined"),
        }),
      ]),
    );
    this.#gate = new Gate({
      instances: new Map([...this.instances].map(([name, instance]) => [name, instance.gate])),
      limits: this.#limits,
      layers: shared.layers,
      counters: this.counters,
      log: new WrittenGateLog(this.#log, ""),
      origins: options.origins,
      trustedProxies: options.trustedProxies ?? 0,
      tls: options.tls,
      fallback: options.http,
    });
  }

  get state(): ServerState {
    return this.#state;
  }

  /** The port that it listens on; 0 before. */
  get port(): number {
    return this.#gate.port;
  }

  /** Open sockets, before or after their handshake. */
  get connections(): number {
    return this.#gate.connections;
  }

  /** Whether clients may be sent here: it serves, and its stores let it. */
  get ready(): boolean {
    return this.#state === "serving" && [...this.instances.values()].every(({ ready }) => ready);
  }

  /** The numbers of this process on shared stores. */
  get leases(): readonly { readonly instance: string; readonly worker: number; readonly token: Uint8Array }[] {
    return [...this.instances].flatMap(([instance, { lease }]) =>
      lease === undefined ? [] : [{ instance, ...lease }],
    );
  }

  /** Clears away after a process of this machine that has died, without waiting for the end of its lease. */
  async reap(instance: string, worker: number, token: Uint8Array): Promise<void> {
    await this.instances.get(instance)?.reap(worker, token);
  }

  /** Renews its leases now: a process that has just joined does not begin to serve before it has seen somebody live. */
  async renew(): Promise<void> {
    await Promise.all([...this.instances.values()].map((instance) => instance.renew()));
  }

  /**
   * Opens the data, runs the systems `@on(start)`, then accepts connections.
   *
   * @throws SchemaChangeError when the stored data does not fit the schema; StartSystemError; StoreLockedError;
   * StoreFormatError; DataFolderError; the system's error when the port cannot be had (`code: "EADDRINUSE"`).
   */
  async listen(): Promise<this> {
    if (this.#state !== "new") throw new Error(`listen() of a server that is ${this.#state}; make a new one`);
    this.#state = "starting";
    try {
      for (const instance of this.instances.values()) await instance.start();
      await this.#gate.listen(this.#options.port ?? DEFAULT_PORT, this.#options.host ?? "0.0.0.0");
    } catch (error) {
      this.#state = "closed";
      for (const instance of this.instances.values()) await instance.close();
      throw error;
    }
    this.#state = "serving";
    for (const instance of this.instances.values()) instance.beginTicks();
    this.emit("listening", this.port);
    return this;
  }

  /**
   * Stops: no new connections, calls that come are answered `SHUTTING_DOWN`, running ones finish and are answered, the
   * connections close with 1001, their hooks run, everything becomes durable. Past the deadline what still runs is
   * left behind. Can be called again; all callers wait for the same end.
   *
   * @param options.deadline milliseconds; the default is `stopDeadline` of the options.
   */
  close(options: { readonly deadline?: number } = {}): Promise<void> {
    return (this.#closing ??= this.#close(options.deadline ?? this.#options.stopDeadline ?? DEFAULT_STOP_DEADLINE));
  }

  /**
   * Exchanges the code of a running instance, and its schema as far as the data allows, while the clients stay
   * connected: running calls finish, later ones wait for the new code. Needs the option `swappable`.
   *
   * @param options.instance default: the only one.
   * @param options.reset deletes the instance's data; clients are then disconnected.
   * @param options.deadline milliseconds for the calls that run; the default is `stopDeadline` of the options.
   * @throws NotYetSupportedError; SchemaChangeError when the data does not fit; CallsStillRunError at the deadline. The
   * old code goes on then.
   */
  async swap(
    implementation: Implementation,
    options: { readonly instance?: string; readonly reset?: boolean; readonly deadline?: number } = {},
  ): Promise<void> {
    if (this.#options.swappable !== true) throw new Error("swap() needs a server made with { swappable: true }");
    checkImplementation(implementation, "swap");
    const [only] = this.instances.keys();
    const name = options.instance ?? only;
    const instance = name === undefined ? undefined : this.instances.get(name);
    if (instance === undefined) throw new Error(`there is no instance ${String(name)}`);
    this.#warnOfStrangers(String(name), implementation);
    const deadline = options.deadline ?? this.#options.stopDeadline ?? DEFAULT_STOP_DEADLINE;
    await instance.swap(implementation, options.reset ?? false, deadline);
  }

  #warnOfStrangers(instance: string, implementation: Implementation): void {
    const systems = codeWithoutSchema(implementation);
    if (systems.length === 0) return;
    this.#log.warn(
      { instance, systems },
      `${systems.join(", ")} of the code: the schema has no such system; run hetuc build when it was changed`,
    );
  }

  async #close(ms: number): Promise<void> {
    const wasServing = this.#state === "serving";
    this.#state = "stopping";
    this.emit("stopping");
    const deadline = new Deadline(ms);
    const instances = [...this.instances.values()];
    if (wasServing) {
      this.#gate.stopListening();
      for (const instance of instances) instance.endTicks();
      for (const { gate } of instances) gate.stopping = true;
      const finished = await deadline.within(Promise.all(instances.map(({ gate }) => gate.idle())));
      if (!finished) this.#log.warn({ deadline: ms }, "calls still run at the deadline and are left behind");
      await deadline.within(Promise.all(instances.map((instance) => instance.answersSent())));
      this.#gate.closeConnections(CloseCode.goingAway, "the server stops");
      for (const { gate } of instances) gate.sessions.expireAll();
      const hooks = await deadline.within(Promise.all(instances.map(({ gate }) => gate.idle())));
      if (!hooks) this.#log.warn({ deadline: ms }, "hooks still run at the deadline and are left behind");
      await new Deadline(Math.min(deadline.left, 1000)).within(this.#gate.drained());
    }
    this.#gate.destroy();
    await Promise.all(instances.map((instance) => instance.close()));
    this.#state = "closed";
    this.emit("closed");
  }

  #onStoreFailure(instance: string, error: Error): void {
    this.#log.fatal({ instance, err: error }, "the store has failed, the process must end");
    // What clients were not told yet may be lost, so nobody is told anything more.
    this.#gate.destroy();
    this.emit("error", error);
  }
}

/**
 * Makes a server of what `implement(schema, { … })` returned. It does nothing until {@link HetuServer.listen}.
 *
 * @throws ServerOptionsError when an option is wrong; NotYetSupportedError when the schema asks for what this version
 * cannot run.
 */
export function createServer(options: ServerOptions): HetuServer {
  return new HetuServer(options);
}
