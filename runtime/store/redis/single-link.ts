import { StoreClosedError } from "../errors.js";
import { Absences } from "./absence.js";
import { type RedisAddress, RedisAddressError } from "./address.js";
import { NodeConnection } from "./connection.js";
import { ConnectionLink } from "./connection-link.js";
import { LinkLostError, type RedisReplyError } from "./errors.js";
import { Lane } from "./lane.js";
import {
  type Absence,
  DEFAULT_RETRY_WINDOW_MS,
  type DedicatedLink,
  type LinkOptions,
  type RedisArgument,
  type RedisLink,
  type RedisReply,
  type ReplicaLink,
} from "./link.js";
import { type CallOwner, RedisCall } from "./redis-call.js";
import { isPassing, isRedirection, isReplica, isUnknownScript, writeRefusal } from "./reply-kinds.js";
import { Replication, withWaiting } from "./replication.js";
import { Retries } from "./retries.js";
import type { Script } from "./script.js";
import { type ReplicaSet, replicasOf } from "./topology/replica-set.js";

/** {@link RedisLink} to one server. */
export class SingleLink implements RedisLink, CallOwner {
  readonly #address: RedisAddress;
  readonly #options: LinkOptions;
  readonly #reads: Lane;
  /** The same as for reads, unless commits wait for replicas, which holds up all that comes behind. */
  readonly #commits: Lane;
  readonly #replication: Replication | undefined;
  readonly #retries: Retries;
  readonly #dedicated = new Set<ConnectionLink>();
  readonly #replicas: ReplicaSet;
  readonly #absences = new Absences(() => this.#answered());
  #underWay = 0;
  #idle: (() => void) | undefined;
  #closed = false;

  constructor(address: RedisAddress, options: LinkOptions = {}) {
    this.#address = address;
    this.#options = options;
    this.#retries = new Retries(options.retryWindow ?? DEFAULT_RETRY_WINDOW_MS, options.onHeld);
    this.#reads = this.#lane(options);
    this.#commits = options.wait === undefined ? this.#reads : this.#lane(withWaiting(options));
    this.#replication =
      options.wait === undefined ? undefined : new Replication(this.#commits.connection, options.wait);
    this.#replicas = replicasOf(address, options, () => this.#reads.connection);
    this.#commits.connection.onLost(() => {
      if (!this.#closed) this.#absences.broke();
    });
    this.#retries.onFailure((error) => {
      for (const lane of [this.#reads, this.#commits]) lane.refuseWaiting((call) => call.fail(error));
    });
  }

  /** Of dialling; `undefined` while there is a connection. */
  get error(): Error | undefined {
    return this.#reads.connection.error;
  }

  run(script: Script, keys: readonly string[], args: readonly RedisArgument[]): Promise<RedisReply> {
    return this.#start(RedisCall.script(this, script, keys, args, true));
  }

  command(name: string, key: string, args: readonly RedisArgument[]): Promise<RedisReply> {
    return this.#start(new RedisCall(this, name, [key, ...args], key, true));
  }

  commit(script: Script, keys: readonly string[], args: readonly RedisArgument[]): Promise<RedisReply> {
    const reply = this.#start(RedisCall.script(this, script, keys, args, false));
    return this.#replication === undefined ? reply : this.#replication.confirmed(reply);
  }

  dedicated(): DedicatedLink {
    const link: ConnectionLink = new ConnectionLink(this.#connect(this.#options), () => this.#dedicated.delete(link));
    this.#dedicated.add(link);
    return link;
  }

  replica(_key: string, maxAgeMs: number): ReplicaLink | undefined {
    return this.#closed ? undefined : this.#replicas.pick(maxAgeMs);
  }

  /** Looks for replicas before somebody reads from them. */
  seekReplicas(): void {
    this.#replicas.seek();
  }

  onLost(listener: () => void): () => void {
    return this.#commits.connection.onLost(listener);
  }

  onAbsence(listener: (absence: Absence) => void): () => void {
    return this.#absences.onAbsence(listener);
  }

  onFailure(listener: (error: Error) => void): () => void {
    return this.#retries.onFailure(listener);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#underWay > 0) await new Promise<void>((resolve) => (this.#idle = resolve));
    this.abandon();
  }

  /** Closes without waiting. */
  abandon(): void {
    this.#closed = true;
    this.#retries.close();
    for (const link of [...this.#dedicated]) link.close();
    this.#replicas.close();
    for (const { connection } of [this.#reads, this.#commits]) connection.close();
  }

  refused(call: RedisCall, error: RedisReplyError): void {
    if (isUnknownScript(error) && call.sendSource()) this.#dispatch(call);
    else if (isPassing(error)) {
      // The name may lead to another server meanwhile, which has become the primary.
      if (isReplica(error)) this.#laneOf(call).connection.redial();
      this.#retries.later(call, () => this.#dispatch(call), error);
    } else call.fail(isRedirection(error) ? this.#isCluster() : (writeRefusal(error) ?? error));
  }

  lost(call: RedisCall): void {
    const error = new LinkLostError(this.#laneOf(call).connection.where);
    if (call.repeatable) this.#retries.later(call, () => this.#dispatch(call), error);
    else call.fail(error);
  }

  ended(): void {
    if (--this.#underWay === 0) this.#idle?.();
  }

  #start(call: RedisCall): Promise<RedisReply> {
    this.#underWay++;
    if (this.#closed) call.fail(new StoreClosedError());
    else this.#dispatch(call);
    return call.promise;
  }

  /** Waits for a connection for commits and an answer over it. @throws LinkLostError when it broke before. */
  async #answered(): Promise<void> {
    await this.#start(new RedisCall(this, "echo", ["hetu"], "", false));
  }

  #dispatch(call: RedisCall): void {
    if (this.#retries.failure === undefined) this.#laneOf(call).dispatch(call);
    else call.fail(this.#retries.failure);
  }

  #isCluster(): RedisAddressError {
    const advice = "write redis-cluster:// instead of redis://";
    return new RedisAddressError("scheme", `${this.#reads.connection.where} is a node of a cluster; ${advice}`);
  }

  #laneOf(call: RedisCall): Lane {
    return call.repeatable ? this.#reads : this.#commits;
  }

  #lane(options: LinkOptions): Lane {
    const connection = this.#connect(options);
    this.#retries.watch(connection);
    return new Lane(connection);
  }

  #connect(options: LinkOptions): NodeConnection {
    return new NodeConnection(this.#address.nodes[0], this.#address, options);
  }
}
