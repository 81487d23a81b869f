import type { NamespaceSpec } from "./codec/specs.js";
import type { Ending } from "./disposable.js";
import { ConnectionClosedError } from "./errors.js";
import { Events } from "./events.js";
import type { Component, Row } from "./live/component.js";
import { type LeakWatch, leakWatch } from "./live/leaks.js";
import type { LiveContext } from "./live/live-observer.js";
import { query, type Query } from "./live/query.js";
import { Reads } from "./live/reads.js";
import { Subscriptions } from "./live/subscriptions.js";
import { host, isDevelopment, reportUnhandled } from "./platform.js";
import type { ProtocolName } from "./protocol/protocol.js";
import type { ConnectionState } from "./session/connection-state.js";
import { type CallOptions, type ConnectOptions, settingsOf } from "./session/options.js";
import { Session } from "./session/session.js";
import { Signal, type Unsubscribe } from "./signal.js";

/** A session with a server: calls, live queries and events, across reconnects. */
export class Client<Calls extends object> implements Ending {
  /** The systems and endpoints of the schema. Each returns a promise of its result. */
  readonly calls: Calls;
  readonly events: Events;
  readonly #namespace: NamespaceSpec;
  readonly #session: Session;
  readonly #subscriptions: Subscriptions;
  readonly #live: LiveContext;
  readonly #onError: Signal<[error: unknown]>;

  /**
   * Made by the `connect` of a namespace. Starts to connect.
   * @throws RangeError when an option makes no sense.
   */
  constructor(url: string, namespace: NamespaceSpec, options: ConnectOptions<Calls>) {
    const settings = settingsOf(options);
    const report = (error: unknown): void => this.#report(error);
    this.#namespace = namespace;
    this.#onError = new Signal(reportUnhandled);
    this.events = new Events(report);
    this.#subscriptions = new Subscriptions(
      {
        enqueue: (request) => this.#session.enqueue(request),
        withdraw: (request) => this.#session.withdraw(request),
        unsubscribe: (subscription) => this.#session.unsubscribe(subscription),
      },
      settings.clock,
      report,
    );
    const leaks: LeakWatch | undefined = (options.warnOfLeaks ?? isDevelopment()) ? leakWatch() : undefined;
    const reads = new Reads(
      {
        protocol: () => this.#session.protocol,
        enqueue: (request) => this.#session.enqueue(request),
        withdraw: (request) => this.#session.withdraw(request),
        state: () => this.#session.state,
        onState: (handler) => this.#session.onState.on(handler),
      },
      this.#subscriptions,
      settings,
    );
    this.#live = {
      subscriptions: this.#subscriptions,
      reads,
      leaks,
      warn: (text) => host.console?.warn(`hetu: ${text}`),
      report,
    };
    this.#session = new Session(
      url,
      settings,
      {
        errors: new Map(namespace.errors.map((spec) => [spec.code, spec])),
        usesOnce: Object.values(namespace.callables).some((spec) => spec.once),
        wire: namespace.wire,
      },
      {
        bootstrap: (connections) =>
          options.bootstrap?.({
            calls: this.#callsWith({}, true),
            callsWith: (callOptions) => this.#callsWith(callOptions, true),
            connections,
          }),
        restore: () => this.#subscriptions.restore(),
        began: (protocol) => this.events.begin((name) => protocol.eventProblem(name)),
        isStale: () => this.#subscriptions.isStale,
        called: () => this.#subscriptions.called(),
        lost: () => this.#subscriptions.lost(),
        pushed: (message) => {
          if (message.kind === "updated") this.#subscriptions.updated(message.updates);
          else if (message.kind === "event") this.events.take(message.name, message.value);
        },
        closed: (error) => this.#subscriptions.close(error),
      },
      report,
    );
    this.calls = this.#callsWith({}, false);
    this.#session.start();
  }

  /** What the connection is doing. The same object until it changes. */
  get connection(): ConnectionState {
    return this.#session.state;
  }

  /** What the server speaks; `undefined`: there is no connection. */
  get protocol(): ProtocolName | undefined {
    return this.#session.protocol?.name;
  }

  /** Whether the link has dropped and the live queries have not all been brought up to date since. */
  get stale(): boolean {
    return this.#subscriptions.isStale;
  }

  /** The same calls with other options: `client.callsWith({ timeoutMs: 500 }).moveTo(1, 2)`. */
  callsWith(options: CallOptions): Calls {
    return this.#callsWith(options, false);
  }

  /** Queries a component: `client.query(Position).range("x", 0, 10)` stays live, `fetch` asks once. */
  query<R extends Row, Key, Indexes>(component: Component<R, Key, Indexes>): Query<R, Key, Indexes> {
    return query(this.#live, component);
  }

  onConnection(handler: (state: ConnectionState) => void): Unsubscribe {
    return this.#session.onState.on(handler);
  }

  /** The link has dropped: what live queries show may be out of date from now on. */
  onStale(handler: () => void): Unsubscribe {
    return this.#subscriptions.onStale.on(handler);
  }

  /** After a reconnect, all live queries are up to date again and their differences have been told. */
  onResynced(handler: () => void): Unsubscribe {
    return this.#subscriptions.onResynced.on(handler);
  }

  /** Takes what handlers throw and events that cannot be read. Without a handler, the platform reports it. */
  onError(handler: (error: unknown) => void): Unsubscribe {
    return this.#onError.on(handler);
  }

  /**
   * Resolves once calls go out at once.
   * @throws ConnectionClosedError (rejects) when the client closes before.
   */
  connected(): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (state: ConnectionState): void => {
        if (state.status !== "connected" && state.status !== "closed") return;
        stop();
        if (state.status === "connected") resolve();
        else reject(new ConnectionClosedError("waiting for the connection", state.error));
      };
      const stop = this.onConnection(look);
      look(this.connection);
    });
  }

  /**
   * Ends the session for good: calls that wait fail with ConnectionClosedError, calls under way with
   * OutcomeUnknownError, live queries keep their last rows. Calling it again does nothing.
   */
  close(): void {
    this.#session.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #callsWith(options: CallOptions, urgent: boolean): Calls {
    const calls: Record<string, (...args: readonly unknown[]) => Promise<unknown>> = {};
    for (const [property, spec] of Object.entries(this.#namespace.callables)) {
      calls[property] = (...args) => this.#session.call(spec, args, options, urgent);
    }
    return Object.freeze(calls) as Calls;
  }

  #report(error: unknown): void {
    if (this.#onError.size > 0) this.#onError.emit(error);
    else reportUnhandled(error);
  }
}
