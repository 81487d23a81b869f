import type { RedisReply } from "../link.js";

/** What one XREAD of one stream has brought: `[[key, [[id, [field, value]], …]]]`, or null. */
export class FeedBatch {
  readonly #entries: readonly RedisReply[];

  constructor(reply: RedisReply) {
    const [stream] = (reply ?? []) as readonly (readonly [Buffer, readonly RedisReply[]])[];
    this.#entries = stream?.[1] ?? [];
  }

  get size(): number {
    return this.#entries.length;
  }

  position(at: number): number {
    return readPosition(this.#entry(at)[0]);
  }

  value(at: number): Buffer {
    return this.#entry(at)[1][1];
  }

  #entry(at: number): readonly [Buffer, readonly [Buffer, Buffer]] {
    return this.#entries[at] as unknown as readonly [Buffer, readonly [Buffer, Buffer]];
  }
}

const ZERO = 0x30;
const DASH = 0x2d;

/** The first half of the id of an entry, `<position>-0`. */
function readPosition(id: Buffer): number {
  let position = 0;
  for (const digit of id) {
    if (digit === DASH) break;
    position = position * 10 + digit - ZERO;
  }
  return position;
}
