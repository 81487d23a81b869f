import {
  Account,
  CallRejectedError,
  type Calls,
  type Client,
  connect,
  type ConnectOptions,
  ConnectionLostError,
  exclusive,
  Inventory,
  OutcomeUnknownError,
  Position,
} from "../fixtures/world/generated/client-ts/world/index.js";
import { type AnyLiveQuery, Mirror } from "./mirror.js";

/** Who plays. */
export const USERS = [1n, 2n, 3n] as const;
/** Things to buy: 0 to one less. */
export const ITEMS = 4;
/** A query that a client may have, by number, with what makes it again on another client. */
export const QUERIES: readonly ((client: Client, user: bigint) => AnyLiveQuery)[] = [
  (client) => client.query(Position).range("x", 0, 50, { limit: 2 }),
  (client) => client.query(Position).range("x", 0, exclusive(50)),
  (client) => client.query(Position).range("x", null, null, { desc: true, limit: 1 }),
  (client) => client.query(Position).range("zone,x", [0], [0, 30]),
  (client, user) => client.query(Position).get({ owner: user }),
  (client) => client.query(Position).get({ owner: USERS[0] }),
  (client) => client.query(Account).range("number"),
  (client) => client.query(Account).range("number", 2, null, { desc: true, limit: 2 }),
  (client, user) => client.query(Inventory).range("owner", user),
  (client, user) => client.query(Inventory).get({ owner: user, item: 1 }),
];

/** One live query of a player, and what its callbacks have told. */
export interface Watched {
  readonly kind: number;
  readonly query: AnyLiveQuery;
  readonly mirror: Mirror;
}

/** One user with a client, and what came of its calls. */
export class Player {
  readonly user: bigint;
  readonly client: Client;
  readonly watched: Watched[] = [];
  readonly pending: Promise<void>[] = [];
  /** Purchases that were answered, by item. */
  readonly bought: number[] = Array.from({ length: ITEMS }, () => 0);
  /** Transfers that were answered, and those of which nobody knows. */
  paid = 0;
  maybePaid = 0;
  readonly surprises: unknown[] = [];
  /** How often it was connected, and how often it had to log in for that. */
  connections = 0;
  logins = 0;

  constructor(url: string, user: bigint, options: ConnectOptions<Calls>) {
    this.user = user;
    this.client = connect(url, {
      ...options,
      reconnect: { baseMs: 2, maxMs: 20 },
      callTimeoutMs: Infinity,
      bootstrap: async ({ calls }) => {
        await calls.login(user);
        this.logins++;
      },
    });
    this.client.onConnection(({ status }) => {
      if (status === "connected") this.connections++;
    });
    this.client.onError((error) => this.surprises.push(error));
  }

  move(x: number): void {
    this.#follow(this.client.calls.moveTo(x, 0), () => undefined);
  }

  transfer(): void {
    const [from, to] = [Number(this.user), 100];
    const paid = this.client.calls.transfer(from, to, 1n);
    this.#follow(
      paid,
      () => this.paid++,
      () => this.maybePaid++,
    );
  }

  buy(item: number): void {
    this.pending.push(
      this.client.calls.buy(item, 1).then(
        () => void (this.bought[item] = (this.bought[item] ?? 0) + 1),
        (error: unknown) => this.#unlessShuttingDown(error),
      ),
    );
  }

  watch(kind: number): void {
    const query = QUERIES[kind]!(this.client, this.user);
    query.onError((error) => this.surprises.push(error));
    this.watched.push({ kind, query, mirror: new Mirror(query) });
  }

  dispose(which: number): void {
    const [watched] = this.watched.splice(which % Math.max(1, this.watched.length), 1);
    watched?.query.dispose();
    this.surprises.push(...(watched?.mirror.mistakes ?? []));
  }

  /** A call that is not sent again: its outcome is not known when the link goes, and only then. */
  #follow(call: Promise<unknown>, done: () => void, unknown: () => void = () => undefined): void {
    this.pending.push(
      call.then(done, (error: unknown) => {
        if (error instanceof OutcomeUnknownError && error.cause instanceof ConnectionLostError) unknown();
        else this.#unlessShuttingDown(error);
      }),
    );
  }

  #unlessShuttingDown(error: unknown): void {
    if (error instanceof CallRejectedError && error.code === "SHUTTING_DOWN") return;
    this.surprises.push(error);
  }
}
