import type { Absence, DedicatedLink, RedisArgument, RedisLink, RedisReply, ReplicaLink } from "./link.js";
import type { Script } from "./script.js";

/** What was asked of one Redis so far. */
export interface LinkCounts {
  /** Scripts and commands, those of the feed left out. */
  readonly commands: number;
  /** Milliseconds that the answers took together. */
  readonly ms: number;
  /** Questions that ended with an error. */
  readonly errors: number;
  /** Connections for commits that broke. */
  readonly lost: number;
}

/** Counts what passes; everything else is the link's own. */
export class MeteredLink implements RedisLink {
  readonly counts = { commands: 0, ms: 0, errors: 0, lost: 0 };
  readonly #link: RedisLink;

  constructor(link: RedisLink) {
    this.#link = link;
    link.onLost(() => this.counts.lost++);
  }

  run(script: Script, keys: readonly string[], args: readonly RedisArgument[]): Promise<RedisReply> {
    return this.#measured(this.#link.run(script, keys, args));
  }

  command(name: string, key: string, args: readonly RedisArgument[]): Promise<RedisReply> {
    return this.#measured(this.#link.command(name, key, args));
  }

  commit(script: Script, keys: readonly string[], args: readonly RedisArgument[]): Promise<RedisReply> {
    return this.#measured(this.#link.commit(script, keys, args));
  }

  dedicated(key: string): DedicatedLink {
    return this.#link.dedicated(key);
  }

  replica(key: string, maxAgeMs: number): ReplicaLink | undefined {
    return this.#link.replica(key, maxAgeMs);
  }

  onLost(listener: () => void): () => void {
    return this.#link.onLost(listener);
  }

  onAbsence(listener: (absence: Absence) => void): () => void {
    return this.#link.onAbsence(listener);
  }

  onFailure(listener: (error: Error) => void): () => void {
    return this.#link.onFailure(listener);
  }

  close(): Promise<void> {
    return this.#link.close();
  }

  #measured(reply: Promise<RedisReply>): Promise<RedisReply> {
    const { counts } = this;
    const asked = performance.now();
    counts.commands++;
    reply.then(
      () => {
        counts.ms += performance.now() - asked;
      },
      () => {
        counts.ms += performance.now() - asked;
        counts.errors++;
      },
    );
    return reply;
  }
}
