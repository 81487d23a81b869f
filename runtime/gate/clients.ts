import type { Client } from "./client.js";

/** The clients of one instance: from the handshake until their last hook has run. */
export class Clients {
  readonly #byConnection = new Map<bigint, Client>();
  readonly #byUser = new Map<bigint, Set<Client>>();

  get size(): number {
    return this.#byConnection.size;
  }

  get users(): number {
    return this.#byUser.size;
  }

  add(client: Client): void {
    this.#byConnection.set(client.connection, client);
  }

  get(connection: bigint): Client | undefined {
    return this.#byConnection.get(connection);
  }

  all(): IterableIterator<Client> {
    return this.#byConnection.values();
  }

  ofUser(user: bigint): Iterable<Client> {
    return this.#byUser.get(user) ?? [];
  }

  /** The connection belongs to `user` from now on. A client that has left keeps its caller for its hooks. */
  identify(client: Client, user: bigint): void {
    this.leave(client);
    client.caller = user;
    if (client.gone) return;
    const others = this.#byUser.get(user);
    if (others === undefined) this.#byUser.set(user, new Set([client]));
    else others.add(client);
  }

  /** Not one of its user's connections any more. */
  leave(client: Client): void {
    if (client.caller === undefined) return;
    const others = this.#byUser.get(client.caller);
    others?.delete(client);
    if (others?.size === 0) this.#byUser.delete(client.caller);
  }

  remove(client: Client): void {
    this.leave(client);
    // Another one may have taken its place.
    if (this.#byConnection.get(client.connection) === client) this.#byConnection.delete(client.connection);
  }
}
