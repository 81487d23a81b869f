import { afterEach } from "vitest";
import { parseRedisUrl } from "../../../../../runtime/store/redis/address.js";
import { LinkLostError } from "../../../../../runtime/store/redis/errors.js";
import type { LinkOptions, RedisLink } from "../../../../../runtime/store/redis/link.js";
import { openLink } from "../../../../../runtime/store/redis/open-link.js";
import { scriptOf } from "../scripts.js";

/** Opens links that are closed after the test. */
export function useLinks(): (url: string, options?: LinkOptions) => Promise<RedisLink> {
  const links: RedisLink[] = [];
  afterEach(async () => {
    for (const link of links.splice(0)) await link.close();
  });
  return async (url, options) => {
    const link = await openLink(parseRedisUrl(url), options);
    links.push(link);
    return link;
  };
}

/** Writes its number to a list, and counts; both keys have to be there before they are on one node. */
const APPEND = scriptOf("redis.call('RPUSH', KEYS[1], ARGV[1]) return redis.call('INCR', KEYS[2])");

/** Commits of one process to one partition, each of which leaves its number behind. */
export class Appender {
  /** Numbers of the commits that were answered. */
  readonly answered = new Set<number>();
  /** Numbers of those of which nothing is known. */
  readonly unknown = new Set<number>();
  readonly failures: unknown[] = [];
  readonly #link: RedisLink;
  readonly #tag: string;
  #next = 1;
  #ends = false;

  constructor(link: RedisLink, tag: string) {
    this.#link = link;
    this.#tag = tag;
  }

  get list(): string {
    return `{${this.#tag}}:list`;
  }

  /** Commits in so many loops at a time until {@link end}. @returns when the last one is answered. */
  async run(loops: number): Promise<void> {
    await Promise.all(
      Array.from({ length: loops }, async () => {
        while (!this.#ends) await this.once();
      }),
    );
  }

  end(): void {
    this.#ends = true;
  }

  async once(): Promise<void> {
    const number = this.#next++;
    try {
      await this.#link.commit(APPEND, [this.list, `{${this.#tag}}:count`], [number]);
      this.answered.add(number);
    } catch (error) {
      if (error instanceof LinkLostError) this.unknown.add(number);
      else this.failures.push(error);
    }
  }

  /** Resolves once so many more commits than now are answered. */
  async progress(count: number): Promise<void> {
    const goal = this.answered.size + count;
    while (this.answered.size < goal && this.failures.length === 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** The numbers that are in Redis, in their order. */
  async written(): Promise<number[]> {
    const list = await this.#link.command("LRANGE", this.list, [0, -1]);
    return Array.isArray(list) ? list.map((item) => Number(String(item))) : [];
  }
}
