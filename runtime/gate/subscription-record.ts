import type { LiveQueries, SubscribeRequest } from "../live/contract.js";
import type { Client, SubscriptionRecord } from "./client.js";

/** For servers whose engine is never exchanged: remembers nothing. */
export const noRecord: SubscriptionRecord = { add: () => undefined, remove: () => undefined, drop: () => undefined };

/** Remembers every subscription, so that it can be made again on new live queries. */
export class KeptSubscriptions implements SubscriptionRecord {
  readonly #queries = new Map<Client, Map<string, SubscribeRequest>>();

  add(client: Client, subscription: string, query: SubscribeRequest): void {
    const queries = this.#queries.get(client);
    if (queries === undefined) this.#queries.set(client, new Map([[subscription, query]]));
    else queries.set(subscription, query);
  }

  remove(client: Client, subscription: string): void {
    this.#queries.get(client)?.delete(subscription);
  }

  drop(client: Client): void {
    this.#queries.delete(client);
  }

  /**
   * Subscribes everything again. The clients hear nothing of it: ids are the same, and no row has changed between.
   * @returns the subscriptions that the new schema cannot serve, with the reason.
   */
  async restore(live: LiveQueries): Promise<readonly { client: Client; subscription: string; reason: string }[]> {
    const lost: { client: Client; subscription: string; reason: string }[] = [];
    for (const [client, queries] of this.#queries) {
      for (const [subscription, query] of queries) {
        const result = await live.subscribe(client, query);
        if (result.status === "subscribed" && result.subscription === subscription) continue;
        const reason = result.status === "refused" ? result.reason : "it is no longer visible";
        lost.push({ client, subscription, reason });
        queries.delete(subscription);
      }
    }
    return lost;
  }
}
