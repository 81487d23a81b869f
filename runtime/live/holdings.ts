import type { Viewer } from "./contract.js";
import type { QuerySpec } from "./scan.js";
import type { ServedTable } from "./source.js";
import { Subscription, type Topic } from "./subscription.js";
import type { SubscriptionNumbers } from "./subscription-numbers.js";

/** Who holds which subscriptions, of all stores together. */
export class Holdings {
  readonly #numbers: SubscriptionNumbers;
  readonly #topics = new Map<string, Topic>();
  /** By viewer, then by id. */
  readonly #viewers = new Map<Viewer, Map<string, Subscription>>();
  #size = 0;

  constructor(numbers: SubscriptionNumbers) {
    this.#numbers = numbers;
  }

  /** Subscriptions held by anyone. */
  get size(): number {
    return this.#size;
  }

  viewers(): readonly Viewer[] {
    return [...this.#viewers.keys()];
  }

  of(viewer: Viewer): ReadonlyMap<string, Subscription> {
    return this.#viewers.get(viewer) ?? NONE;
  }

  /** The viewer's subscription of an id, made when it is not there yet. */
  hold(viewer: Viewer, id: string, spec: QuerySpec, served: ServedTable): Subscription {
    const known = this.#viewers.get(viewer)?.get(id);
    return known ?? this.add(viewer, new Subscription(this.#topic(id, spec, served)));
  }

  /** @param make gets what subscriptions of the id have in common. */
  adopt(viewer: Viewer, id: string, spec: QuerySpec, served: ServedTable, make: (topic: Topic) => Subscription): void {
    this.add(viewer, make(this.#topic(id, spec, served)));
  }

  add(viewer: Viewer, subscription: Subscription): Subscription {
    let held = this.#viewers.get(viewer);
    if (held === undefined) this.#viewers.set(viewer, (held = new Map<string, Subscription>()));
    held.set(subscription.topic.id, subscription);
    subscription.topic.holders++;
    this.#size++;
    return subscription;
  }

  /** Ends one subscription. */
  end(viewer: Viewer, id: string): void {
    const held = this.#viewers.get(viewer);
    const ended = held?.get(id);
    if (held === undefined || ended === undefined) return;
    held.delete(id);
    if (held.size === 0) this.#viewers.delete(viewer);
    this.#end(viewer, ended);
  }

  /** Ends all subscriptions of a viewer. */
  drop(viewer: Viewer): void {
    const held = this.#viewers.get(viewer);
    if (held === undefined) return;
    this.#viewers.delete(viewer);
    for (const subscription of held.values()) this.#end(viewer, subscription);
  }

  #topic(id: string, spec: QuerySpec, served: ServedTable): Topic {
    let topic = this.#topics.get(id);
    if (topic === undefined) {
      topic = { id, number: this.#numbers.acquire(id), spec, served, holders: 0 };
      this.#topics.set(id, topic);
    }
    return topic;
  }

  #end(viewer: Viewer, subscription: Subscription): void {
    const { topic } = subscription;
    this.#size--;
    topic.holders--;
    if (topic.holders === 0) {
      this.#topics.delete(topic.id);
      this.#numbers.release(topic.id);
    }
    subscription.end(viewer);
  }
}

const NONE: ReadonlyMap<string, Subscription> = new Map();
