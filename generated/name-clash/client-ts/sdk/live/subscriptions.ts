import { ConnectionClosedError, SubscriptionRefusedError } from "../errors.js";
import type { Clock } from "../platform.js";
import type { RowChanges, SubscriptionId, SubscriptionUpdate } from "../protocol/protocol.js";
import type { Request } from "../session/request.js";
import { Signal } from "../signal.js";
import type { Row } from "./component.js";
import { type Observer, type Parameters, parametersKey, Subscription } from "./subscription.js";

/** What subscriptions need of the session. */
export interface SubscriptionLink {
  enqueue(request: Request): boolean;
  withdraw(request: Request): boolean;
  unsubscribe(subscription: SubscriptionId): void;
}

/** A subscription of whatever component: only its own observers know the type of its rows. */
interface AnySubscription extends Request {
  readonly key: string;
  /** Component and index: what two subscriptions that the server takes for one have in common. */
  readonly source: string;
  readonly error: Error | undefined;
  readonly observers: { readonly size: number };
  serverId: SubscriptionId | undefined;
  update(changes: RowChanges): () => void;
  lost(): void;
  replace(): () => void;
  show(): void;
  refuse(error: Error): void;
}

/** Milliseconds between two rounds of asking for what was refused. */
const RETRY_SPACING_MS = 1000;

/**
 * All subscriptions of a client: shares them, routes updates to them, ends them at the server when nobody looks any
 * more, and brings them back after a reconnect.
 */
export class Subscriptions {
  readonly onStale: Signal<[]>;
  readonly onResynced: Signal<[]>;
  readonly #link: SubscriptionLink;
  readonly #byKey: Map<string, AnySubscription> = new Map();
  /** Asked for and not answered yet. */
  readonly #pending: Set<AnySubscription> = new Set();
  /** Two parameter sets may mean the same to the server, which then gives both the same id. */
  readonly #byServerId: Map<SubscriptionId, Set<AnySubscription>> = new Map();
  /** Ids that nobody here uses any more and that the server has not been told about, with their source. */
  readonly #unused: Map<SubscriptionId, string> = new Map();
  /** Restored after a reconnect, and not answered yet: until then all keep what they show. */
  readonly #restoring: Set<AnySubscription> = new Set();
  #restored: AnySubscription[] = [];
  /** Refused on this link, and not asked for again yet. */
  readonly #refused: Set<AnySubscription> = new Set();
  readonly #clock: Clock;
  #retriedAt = -Infinity;
  #retryTimer: unknown;
  #isStale = false;
  #closed: ConnectionClosedError | undefined;

  constructor(link: SubscriptionLink, clock: Clock, report: (error: unknown) => void) {
    this.#link = link;
    this.#clock = clock;
    this.onStale = new Signal(report);
    this.onResynced = new Signal(report);
  }

  /** Whether the link has dropped and not everything has been brought up to date since. */
  get isStale(): boolean {
    return this.#isStale;
  }

  /** Finds or makes the subscription with these parameters. */
  attach<R extends Row>(parameters: Parameters<R>, observer: Observer<R>): Subscription<R> {
    const key = parametersKey(parameters);
    // The key has the component's name, so that rows are of the observer's type.
    let subscription = this.#byKey.get(key) as Subscription<R> | undefined;
    if (subscription === undefined) {
      subscription = new Subscription<R>(parameters, (settled) => this.#settled(settled));
      this.#byKey.set(key, subscription);
      this.#request(subscription);
    } else if (subscription.error !== undefined && !this.#pending.has(subscription)) {
      this.#request(subscription);
    }
    subscription.observers.add(observer);
    return subscription;
  }

  /** The observer looks no more. */
  detach<R extends Row>(subscription: Subscription<R>, observer: Observer<R>): void {
    if (!subscription.observers.delete(observer) || subscription.observers.size > 0) return;
    if (this.#pending.has(subscription)) {
      // An answer under way is waited for: only then its id is known. Who asks again until then finds it here.
      if (!this.#link.withdraw(subscription)) return;
      this.#pending.delete(subscription);
    }
    this.#forget(subscription);
  }

  /**
   * What came together: all rows are brought up to date, and only then anybody is told. Updates of a subscription that
   * nobody uses any more are still on their way for a while.
   */
  updated(updates: readonly SubscriptionUpdate[]): void {
    const tells: (() => void)[] = [];
    for (const { subscription: id, changes } of updates) {
      for (const subscription of this.#byServerId.get(id) ?? []) tells.push(subscription.update(changes));
    }
    for (const tell of tells) tell();
  }

  /**
   * A call has succeeded: it may have been a login. What was refused is asked for again, at once if that was not done
   * in the last second: a client that calls all the time does not ask all the time.
   */
  called(): void {
    if (this.#refused.size === 0 || this.#retryTimer !== undefined) return;
    const wait = this.#retriedAt + RETRY_SPACING_MS - this.#clock.now();
    if (wait <= 0) this.#retryRefused();
    else this.#retryTimer = this.#clock.setTimeout(() => this.#retryRefused(), wait);
  }

  /** The link has dropped. */
  lost(): void {
    this.#forgetRefused();
    this.#byServerId.clear();
    this.#pending.clear();
    this.#unused.clear();
    this.#restoring.clear();
    this.#restored = [];
    const wasStale = this.#isStale;
    this.#isStale = true;
    for (const subscription of [...this.#byKey.values()]) {
      if (subscription.observers.size === 0) this.#byKey.delete(subscription.key);
      else subscription.lost();
    }
    if (!wasStale) this.onStale.emit();
  }

  /** What to send first on a new link. */
  restore(): readonly Request[] {
    const requests = [...this.#byKey.values()];
    for (const subscription of requests) {
      this.#pending.add(subscription);
      this.#restoring.add(subscription);
    }
    if (requests.length === 0) this.#resynced();
    return requests;
  }

  /** No rows will come any more. */
  close(cause: Error | undefined): void {
    this.#closed = new ConnectionClosedError("live query", cause);
    this.#isStale = true;
    this.#forgetRefused();
    this.#restoring.clear();
    this.#restored = [];
    const subscriptions = [...this.#byKey.values()];
    this.#byKey.clear();
    this.#pending.clear();
    for (const subscription of subscriptions) {
      subscription.lost();
      subscription.refuse(this.#closed);
    }
  }

  #request(subscription: AnySubscription): void {
    const closed = this.#closed;
    if (closed !== undefined) {
      // Later: the live query that asks has not heard of this subscription yet.
      void Promise.resolve().then(() => subscription.refuse(closed));
    } else if (this.#link.enqueue(subscription)) {
      this.#pending.add(subscription);
    }
    // Without a connection, restore() sends it on the next one.
  }

  #retryRefused(): void {
    const refused = [...this.#refused];
    this.#forgetRefused();
    this.#retriedAt = this.#clock.now();
    for (const subscription of refused) if (!this.#pending.has(subscription)) this.#request(subscription);
  }

  #forgetRefused(): void {
    this.#refused.clear();
    this.#clock.clearTimeout(this.#retryTimer);
    this.#retryTimer = undefined;
  }

  /** A subscription has its answer, or has failed. */
  #settled(subscription: AnySubscription): void {
    this.#pending.delete(subscription);
    if (mayPass(subscription.error)) this.#refused.add(subscription);
    else this.#refused.delete(subscription);
    const { serverId } = subscription;
    if (serverId !== undefined) {
      const sharing = this.#byServerId.get(serverId) ?? new Set();
      this.#byServerId.set(serverId, sharing.add(subscription));
      this.#unused.delete(serverId);
    }
    const wasRestoring = this.#restoring.delete(subscription);
    if (subscription.observers.size === 0) this.#forget(subscription);
    else if (wasRestoring) this.#restored.push(subscription);
    else subscription.show();
    if (subscription.error !== undefined) this.#release(subscription);
    if (wasRestoring && this.#restoring.size === 0) this.#showRestored();
    this.#endUnused();
  }

  /** Brings all restored subscriptions up to date, and only then tells of the differences. */
  #showRestored(): void {
    const restored = this.#restored;
    this.#restored = [];
    for (const tell of restored.map((subscription) => subscription.replace())) tell();
    this.#resynced();
  }

  #resynced(): void {
    if (!this.#isStale) return;
    this.#isStale = false;
    this.onResynced.emit();
  }

  #forget(subscription: AnySubscription): void {
    this.#byKey.delete(subscription.key);
    this.#refused.delete(subscription);
    this.#release(subscription);
    if (this.#restoring.delete(subscription) && this.#restoring.size === 0) this.#showRestored();
  }

  /** The subscription wants no more updates. */
  #release(subscription: AnySubscription): void {
    const { serverId } = subscription;
    if (serverId === undefined) return;
    subscription.serverId = undefined;
    const sharing = this.#byServerId.get(serverId);
    sharing?.delete(subscription);
    if (sharing !== undefined && sharing.size > 0) return;
    this.#byServerId.delete(serverId);
    this.#unused.set(serverId, subscription.source);
    this.#endUnused();
  }

  /**
   * Tells the server what is not needed any more, unless a question is under way that it may answer with the same id:
   * it would end that one too.
   */
  #endUnused(): void {
    for (const [serverId, source] of this.#unused) {
      if ([...this.#pending].some((pending) => pending.source === source)) continue;
      this.#unused.delete(serverId);
      this.#link.unsubscribe(serverId);
    }
  }
}

/** A query that is impossible stays so until the server is another one. */
const LASTING: ReadonlySet<string | undefined> = new Set(["UNKNOWN_COMPONENT", "UNKNOWN_INDEX", "BAD_BOUND"]);

/** Whether a query that was refused may be accepted on the same connection later. */
function mayPass(error: Error | undefined): boolean {
  return error instanceof SubscriptionRefusedError && !LASTING.has(error.refusal);
}
