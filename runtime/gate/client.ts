import type { LiveQueries, SubscribeRequest, Viewer } from "../live/contract.js";
import type { Schema } from "../schema/schema.js";
import type { StoreSet } from "../store/contract.js";
import type { Principal, SystemRunner } from "../transaction/contract.js";
import type { ConnectionRecord } from "../transaction/connection-record.js";
import type { Standing } from "../transaction/sharing-contract.js";
import type { Resume } from "../wire/hetu2/client-frames.js";
import type { AddressSlot } from "./address-limits.js";
import type { CloseCode } from "./close-code.js";
import type { InstanceLayers } from "./layers/server-layers.js";
import type { GateLimits } from "./limits.js";
import type { OutboxContext } from "./outbox.js";
import type { OutgoingEvent } from "./outgoing-event.js";
import type { Protocol } from "./protocol.js";
import type { RateLimits } from "./rate-limits.js";
import type { SessionHistory } from "./session-history.js";
import type { SessionState } from "./session-state.js";
import type { Resumable, Sessions } from "./sessions.js";
import type { WireNames } from "./wire-names.js";

/** What serves an instance: exchanged as a whole when new code is swapped in. */
export interface Engine {
  readonly schema: Schema;
  readonly stores: StoreSet;
  readonly runner: SystemRunner;
  readonly live: LiveQueries;
  /** Of connections. */
  readonly ids: {
    /** @throws IdsPausedError */
    nextId(): bigint;
  };
  readonly durability: Durability;
}

/** What frames wait for before they leave. */
export interface Durability {
  /** What a commit up to here says may be told; `Infinity` where a commit is told only when it is durable. */
  readonly position: number;
  /** Called when {@link position} has moved. @returns a function that ends it. */
  onDurable(listener: (position: number) => void): () => void;
}

/** A connection as its instance sees it. */
export interface Client extends Principal, Viewer, Resumable {
  readonly connection: bigint;
  readonly address: AddressSlot;
  caller: bigint | undefined;
  group: string | undefined;
  readonly session: Record<string, unknown>;
  /** Nothing of it runs, waits for its turn or waits to leave. */
  readonly settled: boolean;
  /** Its socket is closed or closing; a call or hook of it may still run. */
  readonly gone: boolean;
  /** Likewise, and nobody may come back to this process to go on with it. */
  readonly over: boolean;
  /** Another process goes on with it. */
  readonly elsewhere: boolean;
  /** This process stops, and its session is left to whoever its client comes to. */
  readonly left: boolean;
  /** See {@link SessionHistory.barrier}. */
  readonly barrier: number | undefined;
  /** Whether its handshake is over. */
  readonly shaken: boolean;
  /** Whether its socket is not read because its own requests wait. */
  readonly paused: boolean;
  /** Milliseconds of the monotonic clock: when it came, when it was last heard, since when it does not read. */
  readonly openedAt: number;
  readonly heardAt: number;
  readonly stalledAt: number | undefined;
  readonly protocol: Protocol["name"];
  ping(): void;
  /** Leaves in order, once `position` is durable. */
  sendEvent(event: OutgoingEvent, position: number): void;
  /** Caller, group or session values have changed: what it saw before says nothing of what it may see now. */
  identityChanged(): void;
  /** The data is other data from now on: what the client was shown says nothing of it. */
  forgetPositions(): void;
  /** Ends the connection for good: it cannot be resumed, unless the code says that connecting again is right. */
  close(code: CloseCode, reason: string): void;
  /** It has logged in with a commit of the store with that number. */
  loggedIn(store: number, position: number): void;
  /** Kicks of that store up to this position are over for it. */
  kickedBehind(store: number): number;
  /** Ends the link, not the session: the client is to connect again. */
  restart(reason: string): void;
  /** This process stops: ends the link if nothing is under way, when others go on with the session. */
  drain(): void;
  /** Another process goes on with the session: its link ends here, and no hook runs. */
  moveAway(): void;
  terminate(): void;
  /** Goes on with its requests after they were held. */
  resume(): void;
}

/** What a connection asks of its instance. */
export interface ConnectionHost {
  readonly name: string;
  readonly engine: Engine;
  readonly limits: GateLimits;
  readonly outboxes: OutboxContext;
  readonly log: GateLog;
  readonly motd: string;
  /** Those that new connections shake hands with. */
  readonly layers: InstanceLayers;
  readonly subscriptions: SubscriptionRecord;
  /** What hetu.2 calls things; another object when another schema is served. */
  readonly names: WireNames;
  readonly sessions: Sessions<Client>;
  /** No further request may start for now. */
  readonly held: boolean;
  /** Calls are answered `SHUTTING_DOWN`. */
  readonly stopping: boolean;
  /** `@limit` of a system or endpoint. */
  callLimit(name: string): { readonly times: number; readonly perMs: number } | undefined;
  /** The property of `ctx.session` of a session field, by its schema name. */
  sessionProperty(name: string): string | undefined;
  /** A call or a subscription of some client has begun; followed by {@link workEnded}. */
  workBegun(): void;
  workEnded(): void;
  /** What a client is told of a failure. */
  failure(error: unknown): string;
  opened(client: Client): void;
  /** The client goes on with the session and under the connection id of one whose link has dropped. */
  resumed(client: Client): void;
  /**
   * Goes on with a session of another process.
   * @param next the token that the client gets; `undefined`: it cannot come back again.
   * @returns `undefined` where there is no other process; a promise of the same when the token is void.
   */
  takeOver(
    resume: Resume,
    next: Uint8Array | undefined,
    limits: RateLimits,
  ): Promise<SessionState | undefined> | undefined;
  /**
   * What has become of a session of another process since it was taken. Not asked before the client is {@link resumed}.
   * @returns `undefined`: it could not be found out.
   */
  standing(client: Client): Promise<Standing | undefined>;
  /** What a new connection takes along where other processes may go on with it. */
  newRecord(token: Uint8Array | undefined): ConnectionRecord | undefined;
  /**
   * A client comes back to this process.
   * @param next the token that it will have; `undefined`: it cannot come back again.
   * @param given the one that it gave.
   * @returns whether the session is still this process's.
   */
  renew(client: Client, next: Uint8Array | undefined, given: Uint8Array): Promise<boolean>;
  /** A client that came back has shown that it has its newest token: the one before is void. */
  tokenShown(client: Client): void;
  /** The position up to which a client that comes back has everything; `undefined`: it is to get all rows. */
  since(history: SessionHistory, position: number): number | undefined;
  /** Whether a session is left to other processes when its link ends, because this one stops. */
  leaves(client: Client): boolean;
  /** Before those of `connect` the connection is recorded. @returns why it may not stay, or `undefined`. */
  runHooks(event: "connect" | "disconnect", client: Client): Promise<Refusal | undefined>;
  /** The client is gone; it may still have a call running. */
  ended(client: Client, code: number, reason: string, wasOpen: boolean): void;
  /** The client is gone, its last call has finished. */
  disconnected(client: Client): void;
}

export interface Refusal {
  readonly code: CloseCode;
  readonly reason: string;
}

/** Remembers what clients have subscribed, where the engine may be exchanged under them. */
export interface SubscriptionRecord {
  add(client: Client, subscription: string, query: SubscribeRequest): void;
  remove(client: Client, subscription: string): void;
  /** The client is gone. */
  drop(client: Client): void;
}

/** What the gate has to say; see `server/logging.ts`. Nothing is logged for an ordinary call. */
export interface GateLog {
  connectionError(client: Client, error: Error): void;
  malformed(client: Client, reason: string): void;
  refusedSubscription(client: Client, reason: string): void;
  refusedUpgrade(address: string, reason: string): void;
  /** hetu.2 was offered over a link that others can read. Told once. */
  readableLink(address: string): void;
  callFailed(name: string, client: Principal, error: unknown): void;
  hookRejected(name: string, client: Principal, code: string): void;
  /** A promise that the gate relies on was broken: a bug of ours. */
  fault(client: Client, error: unknown): void;
  disconnected(client: Client, code: number, reason: string): void;
  /** The hooks of this many connections have run, which a dead process had left behind. */
  leftBehind(connections: number): void;
  /** The records of connections that other processes go on from could not be read or written. */
  sharingFailed(error: unknown): void;
}
