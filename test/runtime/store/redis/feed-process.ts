import { createHash } from "node:crypto";
import type { Commit, RowChange } from "../../../../runtime/store/contract.js";
import { parseRedisUrl } from "../../../../runtime/store/redis/address.js";
import { CommitSequence } from "../../../../runtime/store/redis/feed/commit-sequence.js";
import { EntryEncoder, type FeedWriter } from "../../../../runtime/store/redis/feed/entry.js";
import { FeedReader, type FeedReaderOptions } from "../../../../runtime/store/redis/feed/feed-reader.js";
import type { LinkOptions, RedisLink } from "../../../../runtime/store/redis/link.js";
import { openLink } from "../../../../runtime/store/redis/open-link.js";
import type { Script } from "../../../../runtime/store/redis/script.js";
import type { RedisServer } from "../../../redis/index.js";
import { feedTables, tableNamed } from "./feed-rows.js";

export const META = "{hetu:test:0}:m";
export const STREAM = "{hetu:test:0}:f";

/** Takes the next position and appends an entry, and nothing else that a commit does. */
const APPEND = `
  local meta = redis.call("HMGET", KEYS[1], "p", "n")
  local position = string.format("%.0f", tonumber(meta[1] or "0") + 1)
  local previous = meta[2] or string.rep("\\0", 8)
  redis.call("HSET", KEYS[1], "p", position, "n", string.sub(ARGV[1], 2, 9))
  redis.call("XADD", KEYS[2], "MAXLEN", "~", ARGV[2], position .. "-0", "c", previous .. ARGV[1])
  return tonumber(position)`;

const APPEND_SCRIPT: Script = {
  name: "append",
  source: APPEND,
  digest: createHash("sha1").update(APPEND).digest("hex"),
  readOnly: false,
};

const ACCOUNT = tableNamed("Account");

export function inserted(number: number): RowChange {
  const after = ACCOUNT.codec.create(BigInt(number), { number }, 0, false);
  return { table: ACCOUNT, id: after.id, before: undefined, after };
}

/** The number in a change of {@link inserted}. */
export function numberIn({ changes }: Commit): number {
  return Number(changes[0]?.id);
}

export interface FeedProcessOptions extends Partial<FeedReaderOptions> {
  readonly worker?: number;
  readonly linkOptions?: LinkOptions;
}

/** What one server process does with the feed of a partition. */
export class FeedProcess {
  readonly heard: Commit[] = [];
  readonly resets: { readonly position: number; readonly after: number }[] = [];
  readonly failures: Error[] = [];
  readonly #encoder = new EntryEncoder(feedTables());
  readonly #writer: FeedWriter;
  #number = 0;

  private constructor(
    readonly link: RedisLink,
    readonly sequence: CommitSequence,
    readonly reader: FeedReader,
    worker: number,
    failures: Error[],
  ) {
    this.#writer = { worker, token: Buffer.from(`token of ${worker}`) };
    this.failures = failures;
    sequence.addToken(this.#writer.token);
    sequence.onCommit((commit) => this.heard.push(commit));
    sequence.onReset((position) => this.resets.push({ position, after: this.heard.length }));
  }

  /** @param url Where it reads the feed and commits. */
  static async start(url: string, options: FeedProcessOptions = {}): Promise<FeedProcess> {
    const { worker = 1, linkOptions, ...readerOptions } = options;
    const link = await openLink(parseRedisUrl(url), linkOptions);
    const failures: Error[] = [];
    const onFailure = (error: Error): void => void failures.push(error);
    const sequence = new CommitSequence({ worker, tables: feedTables(), onFailure });
    const reader = new FeedReader({
      connect: () => link.dedicated(STREAM),
      stream: STREAM,
      meta: META,
      sequence,
      onFailure,
      ...readerOptions,
    });
    const made = new FeedProcess(link, sequence, reader, worker, failures);
    await reader.start();
    return made;
  }

  /** Commits an insert as a store does. @returns its position, once listeners have heard of it. */
  async commit(number: number, feedLength = 65_536): Promise<number> {
    const changes = [inserted(number)];
    const own = ++this.#number;
    this.sequence.sent(own, changes, undefined);
    const entry = this.#encoder.encode(this.#writer, own, changes, undefined);
    const position = await this.link.commit(APPEND_SCRIPT, [META, STREAM], [entry, feedLength]);
    this.sequence.answered(own, Number(position));
    await this.sequence.whenDelivered(Number(position));
    return Number(position);
  }

  /**
   * Waits until listeners have heard of the position, which need not have been given yet. The sequence is not told of it:
   * it takes a position that somebody waits for to be given, and the history to be rewritten when the server knows less.
   */
  async reached(position: number): Promise<void> {
    const { sequence } = this;
    if (sequence.position >= position) return;
    await new Promise<void>((resolve) => {
      const look = (): void => {
        if (sequence.position < position) return;
        for (const end of ends) end();
        resolve();
      };
      const ends = [sequence.onCommit(look), sequence.onPassed(look), sequence.onReset(look)];
    });
  }

  get numbers(): number[] {
    return this.heard.map(numberIn);
  }

  async stop(): Promise<void> {
    await this.reader.close();
    await this.link.close();
  }
}

/** Another process, of which only the commits matter. */
export class ForeignWriter {
  readonly #encoder = new EntryEncoder(feedTables());
  readonly #writer: FeedWriter = { worker: 900, token: Buffer.from("foreign") };
  #number = 0;

  constructor(readonly server: RedisServer) {}

  async commit(number: number, feedLength = 65_536): Promise<number> {
    const entry = this.#encoder.encode(this.#writer, ++this.#number, [inserted(number)], undefined);
    return Number(await this.server.command("EVAL", APPEND, 2, META, STREAM, entry, feedLength));
  }

  /** One after the other. @returns the position of the last one. */
  async commitAll(first: number, count: number, feedLength?: number): Promise<number> {
    const sent: Promise<number>[] = [];
    for (let i = 0; i < count; i++) sent.push(this.commit(first + i, feedLength));
    return (await Promise.all(sent)).at(-1) ?? 0;
  }
}
