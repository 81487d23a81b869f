import type { ConnectionRecord } from "./connection-record.js";
import type { LeftConnection, Principal } from "./principal.js";

/** Where several processes share the stores: the records of connections, and how one goes on at another process. */
export interface ConnectionSharing {
  /** Whether one position says how far a client has seen everything: there is one store. */
  readonly comparable: boolean;
  /**
   * The client of a connection that this process serves comes back to it, and gets another token.
   * @param token SHA-256 of the token that it will have; empty: it cannot come back again.
   * @param previous Of the one that it gave, which is good until it has {@link shown} the other one.
   * @throws ConnectionTakenError when another process has it.
   */
  renew(principal: Principal, token: Uint8Array, previous: Uint8Array): Promise<void>;
  /** These clients have their newest token, as their records say: those before are void, if they still come from here. */
  shown(principals: readonly Principal[]): Promise<void>;
  /**
   * Who the connection is has been told to its client: whoever goes on with it can tell a difference again.
   * @param sequence The state that the barrier is that of; nothing happens when there is a newer one.
   * @param barrier A client that has seen no later position may have been shown rows as somebody else.
   */
  settle(principal: Principal, sequence: number, barrier: number): Promise<void>;
  /** Its hooks are about to run. @throws ConnectionTakenError when another process has it. */
  ending(principal: Principal): Promise<void>;
  /** All of its hooks have run: its records go. @param ran how many have just run, perhaps none. */
  ended(principal: Principal, ran: number): Promise<void>;

  /**
   * Makes this process the one that goes on with a connection: from then on nothing that another one does for it
   * commits.
   * @param token SHA-256 of the token that its client gave, which is good until it has {@link shown} the next one.
   * @param next Of the token that the client will have; empty: it cannot come back again.
   * @returns `undefined` when the token is void, or this process has the connection itself.
   */
  resume(token: Uint8Array, next: Uint8Array): Promise<TakenConnection | undefined>;
  /**
   * Whether its user was kicked since it was taken, or yet another process has taken it. To be asked when what is told
   * of it from now on will find it.
   */
  standing(principal: Principal): Promise<Standing>;
  /**
   * Forgets kicks that are older. Connections that were kicked then must all have ended.
   * @param age milliseconds.
   */
  forgetKicks(age: number): Promise<void>;
  /**
   * No process serves these connections of this process any more; their clients may come back until then.
   * @param until milliseconds since 1970.
   */
  leave(connections: readonly bigint[], until: number): Promise<void>;
  /**
   * The connections of a worker that has died: those with a token are left to whoever resumes them until then, hands
   * out the others, which are this process's from now on.
   */
  inherit(worker: number, until: number): AsyncIterable<readonly LeftConnection[]>;
  /**
   * Likewise the connections of all workers but this one: there are no others. When the time is over already, also
   * those that were left to whoever resumes them.
   */
  inheritAll(until: number): AsyncIterable<readonly LeftConnection[]>;
  /** Takes over the connections whose clients have not come back in time. @param now milliseconds since 1970. */
  due(now: number): AsyncIterable<readonly LeftConnection[]>;
  /** Whether this process has connections that it has neither ended nor left to others. */
  serves(): Promise<boolean>;
  /** When the next one is due; `undefined`: none is left. */
  nextDue(): Promise<number | undefined>;
}

/** What has become of a connection: it is still this process's, alone or with a kick of its user; or another one's. */
export type Standing = "served" | "kicked" | "taken";

/** A connection that another process has served. */
export interface TakenConnection {
  readonly principal: Principal & { readonly connection: bigint; readonly record: ConnectionRecord };
  /** See {@link ConnectionSharing.settle}; `undefined`: not known. */
  readonly barrier: number | undefined;
  /** Of each store: what comes behind it found the connection here. */
  readonly positions: readonly number[];
}
