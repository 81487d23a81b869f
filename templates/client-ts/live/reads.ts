import { ConnectionClosedError, FetchTimeoutError, SubscriptionRefusedError } from "../errors.js";
import type { Clock } from "../platform.js";
import type { Protocol, ServerMessage } from "../protocol/protocol.js";
import type { ConnectionState } from "../session/connection-state.js";
import type { CallSignal } from "../session/options.js";
import type { Request } from "../session/request.js";
import type { Unsubscribe } from "../signal.js";
import type { Row } from "./component.js";
import type { Cursor, Page } from "./page.js";
import type { Observer, Parameters } from "./subscription.js";
import type { Subscriptions } from "./subscriptions.js";

/** What reads need of the session. */
export interface ReadLink {
  /** `undefined`: there is no connection. */
  protocol(): Protocol | undefined;
  enqueue(request: Request): boolean;
  withdraw(request: Request): boolean;
  state(): ConnectionState;
  onState(handler: (state: ConnectionState) => void): Unsubscribe;
}

export interface ReadOptions {
  readonly after?: Cursor | undefined;
  readonly count?: boolean | undefined;
  readonly signal?: CallSignal | undefined;
}

/** Queries that are asked once. Reading changes nothing, so what a lost link has left unanswered is asked again. */
export class Reads {
  readonly #link: ReadLink;
  readonly #subscriptions: Subscriptions;
  readonly #clock: Clock;
  readonly #timeoutMs: number;

  constructor(
    link: ReadLink,
    subscriptions: Subscriptions,
    settings: { readonly clock: Clock; readonly callTimeoutMs: number },
  ) {
    this.#link = link;
    this.#subscriptions = subscriptions;
    this.#clock = settings.clock;
    this.#timeoutMs = settings.callTimeoutMs;
  }

  read<R extends Row>(parameters: Parameters<R>, options: ReadOptions): Promise<Page<R>> {
    const source = `${parameters.component.name}.${parameters.index.name}`;
    return new Promise((resolve, reject) => {
      const { signal } = options;
      const fail: (reason: unknown) => void = reject;
      if (signal?.aborted === true) {
        fail(signal.reason);
        return;
      }
      /** Ends what is under way; replaced with each attempt. */
      let withdraw = (): void => undefined;
      const settle = (run: () => void): void => {
        stop();
        this.#clock.clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
        withdraw();
        run();
      };
      const outcome: Outcome<R> = {
        page: (page) => settle(() => resolve(page)),
        fail: (error) => settle(() => fail(error)),
      };
      const onAbort = (): void => settle(() => fail(signal?.reason));
      const look = ({ status, error }: ConnectionState): void => {
        if (status === "closed") outcome.fail(new ConnectionClosedError(`the fetch of ${source}`, error));
        if (status !== "connected") return;
        withdraw();
        withdraw = this.#ask(parameters, options, outcome);
      };
      const timer =
        this.#timeoutMs === Infinity
          ? undefined
          : this.#clock.setTimeout(() => {
              outcome.fail(new FetchTimeoutError(source, this.#timeoutMs, this.#link.state().status));
            }, this.#timeoutMs);
      signal?.addEventListener("abort", onAbort);
      const stop = this.#link.onState(look);
      look(this.#link.state());
    });
  }

  /** @returns what withdraws it. */
  #ask<R extends Row>(parameters: Parameters<R>, options: ReadOptions, outcome: Outcome<R>): () => void {
    if (this.#link.protocol()?.hasPages === true) {
      const request = new ReadRequest(parameters, options, outcome);
      this.#link.enqueue(request);
      return () => {
        this.#link.withdraw(request);
      };
    }
    const { component, index } = parameters;
    if (options.after !== undefined) {
      outcome.fail(new SubscriptionRefusedError(component.name, index.name, "BAD_BOUND", "hetu.1 has no pages"));
      return () => undefined;
    }
    return this.#subscribeOnce(parameters, outcome);
  }

  /** Shares the subscription with live queries of the same parameters. */
  #subscribeOnce<R extends Row>(parameters: Parameters<R>, outcome: Outcome<R>): () => void {
    const observer: Observer<R> = {
      onCurrent: () => outcome.page({ rows: subscription.rows.view, count: undefined, next: undefined }),
      onChanges: () => undefined,
      onStale: () => undefined,
      onFailure: (error) => outcome.fail(error),
    };
    const subscription = this.#subscriptions.attach(parameters, observer);
    if (subscription.isCurrent) void Promise.resolve().then(() => observer.onCurrent());
    return () => this.#subscriptions.detach(subscription, observer);
  }
}

/** Where a read ends. */
interface Outcome<R extends Row> {
  page(page: Page<R>): void;
  fail(error: Error): void;
}

class ReadRequest<R extends Row> implements Request {
  readonly answer = "page";
  readonly #parameters: Parameters<R>;
  readonly #options: ReadOptions;
  readonly #outcome: Outcome<R>;

  constructor(parameters: Parameters<R>, options: ReadOptions, outcome: Outcome<R>) {
    this.#parameters = parameters;
    this.#options = options;
    this.#outcome = outcome;
  }

  frame(protocol: Protocol): Uint8Array {
    const { component, index, ...range } = this.#parameters;
    const { after, count = false } = this.#options;
    return protocol.writeRead({ ...range, component: component.name, index: index.name, after, count });
  }

  sent(): void {
    // Nothing to note: who reads is told of a page or a failure.
  }

  unsendable(error: Error): void {
    this.#outcome.fail(error);
  }

  answered(message: ServerMessage): void {
    const { component, index } = this.#parameters;
    if (message.kind === "refused") {
      this.#outcome.fail(new SubscriptionRefusedError(component.name, index.name, message.code, message.reason));
    } else if (message.kind === "page") {
      try {
        const rows = Object.freeze(message.rows.map((record) => component.read(record)));
        // A view of the message; the application keeps it.
        this.#outcome.page({ rows, count: message.count, next: message.next?.slice() });
      } catch (error) {
        this.#outcome.fail(error as Error);
      }
    }
  }
}
