import type { RowChange } from "../../../../runtime/store/contract.js";
import {
  type EntryEncoder,
  type FeedWriter,
  NONCE_AT,
  PREVIOUS_BYTES,
} from "../../../../runtime/store/redis/feed/entry.js";
import { NO_NONCE } from "../../../../runtime/store/redis/feed/nonce.js";

/** Makes values of the stream, each behind the one before it, as commit.lua does. */
export class FeedHistory {
  #previous: Uint8Array;

  constructor(
    readonly encoder: EntryEncoder,
    previous: Uint8Array = NO_NONCE,
  ) {
    this.#previous = previous;
  }

  /** The nonce of the newest entry. */
  get nonce(): Uint8Array {
    return this.#previous;
  }

  append(writer: FeedWriter, number: number, changes: readonly RowChange[], message?: Uint8Array): Buffer {
    const entry = this.encoder.encode(writer, number, changes, message);
    const value = Buffer.concat([this.#previous, entry]);
    this.#previous = value.subarray(PREVIOUS_BYTES + NONCE_AT, PREVIOUS_BYTES + NONCE_AT + NO_NONCE.length);
    return value;
  }

  /** A history that goes on from here another way. */
  fork(): FeedHistory {
    return new FeedHistory(this.encoder, this.#previous);
  }
}
