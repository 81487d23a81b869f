import type { RedisReply } from "./link.js";

/** Redis answered with an error. `code` is its first word: `OOM`, `WRONGTYPE`, `NOAUTH` … */
export class RedisReplyError extends Error {
  override readonly name: string = "RedisReplyError";
  readonly code: string;

  constructor(
    readonly reply: string,
    readonly command: string,
  ) {
    super(`Redis refused ${command}: ${reply}`);
    this.code = reply.slice(0, reply.search(/\s|$/));
  }
}

/** The connection broke before the answer came: whether the command has run is not known. */
export class LinkLostError extends Error {
  override readonly name = "LinkLostError";

  constructor(readonly where: string) {
    super(`the connection to Redis at ${where} was lost before it answered`);
  }
}

/** Redis has no memory left for what a call wants to write. Nothing was written. */
export class StoreFullError extends Error {
  override readonly name = "StoreFullError";

  constructor(cause: RedisReplyError) {
    super(
      "Redis is out of memory (maxmemory), and takes only calls that delete rows and put none: raise the limit (CONFIG SET maxmemory), or have such calls make room; reads go on",
      { cause },
    );
  }
}

/** Redis takes no writes since it cannot save to its disk (`MISCONF`). Nothing was written. */
export class StoreUnwritableError extends Error {
  override readonly name = "StoreUnwritableError";

  constructor(cause: RedisReplyError) {
    super(
      `Redis takes no writes since it cannot save to its disk: ${cause.reply}\n` +
        "make room on that disk, or put right its folder (CONFIG GET dir) or its memory (vm.overcommit_memory); it takes " +
        "writes again once it has saved: BGSAVE has it try at once. Reads go on, and what is answered is not lost by this",
      { cause },
    );
  }
}

/** Fewer replicas than configured have told in time that they have a commit. It stands on the primary. */
export class NotReplicatedError extends Error {
  override readonly name = "NotReplicatedError";

  /** @param reply of the commit's script. */
  constructor(
    readonly replicas: number,
    readonly wanted: number,
    readonly timeout: number,
    readonly reply: RedisReply,
  ) {
    super(
      `${replicas} of the ${wanted} replicas that wait_replicas asks for had a commit after ${timeout} ms; ` +
        "it stands on the primary, and is lost should that fail now: look at the replicas and their links",
    );
  }
}

/**
 * A link broke while a commit was on its way, and the feed no longer tells whether it happened. The call is not tried
 * again: it may have taken effect.
 */
export class CommitOutcomeUnknownError extends Error {
  override readonly name = "CommitOutcomeUnknownError";

  /** @param cause Redis took no writes for so long that it could not be found out. */
  constructor(cause?: StoreUnwritableError) {
    super(
      cause === undefined
        ? "the connection to Redis broke during a commit, and the change feed no longer reaches back to it: " +
            "the call may have taken effect or not; raise feed_length"
        : "the connection to Redis broke during a commit, and Redis took no writes since, which finding out needs: " +
            `the call may have taken effect or not. ${cause.message}`,
      cause === undefined ? {} : { cause },
    );
  }
}

/** Another process has declared this one dead and taken its right to write: it must end. */
export class WriterFencedError extends Error {
  override readonly name = "WriterFencedError";

  constructor(readonly worker: number) {
    super(
      `this process may no longer write as worker ${worker}: it was silent for longer than its lease ` +
        "and the others have taken it for dead, or Redis has lost what it had",
    );
  }
}

/** A system that is `@stale` has changed something. */
export class StaleCommitError extends Error {
  override readonly name = "StaleCommitError";

  constructor() {
    super("a stale view of the store only reads: changes need a transaction that is not @stale");
  }
}

/** A commit is larger than what Redis takes as one command. Nothing was written. */
export class CommitTooLargeError extends Error {
  override readonly name = "CommitTooLargeError";

  constructor(
    readonly changes: number,
    readonly words: number,
    readonly limit: number,
  ) {
    super(
      `a commit with ${changes} changed rows has ${words} words, and Redis takes ${limit} in one command: ` +
        "change fewer rows in one transaction",
    );
  }
}
