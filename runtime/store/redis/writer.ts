import { NotReplicatedError } from "./errors.js";
import type { RedisLink, RedisReply } from "./link.js";
import { REGISTER_WRITER } from "./scripts.js";

const EPOCH_BYTES = 4;

export interface Renewal {
  readonly writer: Writer;
  /** Given when too few replicas have all that was committed before. */
  readonly failure: NotReplicatedError | undefined;
}

/** The right of a process to commit in one partition, under one token. */
export class Writer {
  /** Set once another one takes its place; resolves when it has, as {@link Renewal.failure}. */
  successor: Promise<NotReplicatedError | undefined> | undefined = undefined;

  private constructor(
    readonly worker: number,
    readonly field: string,
    /** The lease's token and a number that grows with every renewal. */
    readonly token: Buffer,
    /** Where the partition was when the token came into force: all commits under an earlier one are behind it. */
    readonly position: number,
  ) {}

  /**
   * Takes the right; the lease says that nobody else has the worker's number.
   * @returns `undefined` when the holder of the lease was taken for dead before.
   */
  static async register(link: RedisLink, metaKey: string, worker: number, lease: Buffer): Promise<Writer | undefined> {
    const token = Buffer.concat([lease, Buffer.alloc(EPOCH_BYTES)]);
    const position = await link.run(REGISTER_WRITER, [metaKey], [worker, token, 0]);
    return position === null ? undefined : new Writer(worker, `w${worker}`, token, position as number);
  }

  /**
   * The same right under a new token, written behind all that was committed under this one.
   * @returns `undefined` when the right was taken away.
   * @throws LinkLostError May be done again.
   */
  async renewed(link: RedisLink, metaKey: string): Promise<Renewal | undefined> {
    const epochAt = this.token.length - EPOCH_BYTES;
    const token = Buffer.from(this.token);
    token.writeUInt32LE(token.readUInt32LE(epochAt) + 1, epochAt);
    let position: RedisReply;
    let failure: NotReplicatedError | undefined;
    try {
      position = await link.commit(REGISTER_WRITER, [metaKey], [this.worker, token, 1]);
    } catch (error) {
      if (!(error instanceof NotReplicatedError)) throw error;
      position = error.reply;
      failure = error;
    }
    if (position === null) return undefined;
    return { writer: new Writer(this.worker, this.field, token, position as number), failure };
  }
}
