import { NONCE_BYTES } from "./nonce.js";

/*
 * What field `c` of an entry of the stream holds. All numbers little-endian.
 *
 * value   = previous:8 entry            the nonce of the entry before it; commit.lua puts it there
 * entry   = format:u8 nonce:8 worker:u16 tokenLength:u8 token number:f64 messageLength:u32 message change*
 * change  = length:u32 space:u16 id:i64 flags:u8 [version:f64 before] [after]
 *
 * `length` is that of what follows it in the change, so that tables that a reader does not know can be left out.
 * `messageLength` is ABSENT without a message. Rows are packed by the codecs of their tables; the version of `after`
 * is the position of the entry.
 */

/** Raised whenever older processes could not read an entry any more. */
export const FEED_FORMAT = 1;

/** Bytes that commit.lua puts before an entry. */
export const PREVIOUS_BYTES = NONCE_BYTES;

/** Where things begin in an entry. */
export const FORMAT_AT = 0;
export const NONCE_AT = 1;
export const WORKER_AT = NONCE_AT + NONCE_BYTES;
export const TOKEN_LENGTH_AT = WORKER_AT + 2;
export const TOKEN_AT = TOKEN_LENGTH_AT + 1;

export const MAX_TOKEN_BYTES = 0xff;
export const ABSENT = 0xffff_ffff;

/** Bits of the flags of a change. */
export const HAS_BEFORE = 1;
export const HAS_AFTER = 2;

/** Another version of hetu, whose commits this one cannot read, writes to the same instance. */
export class FeedFormatError extends Error {
  override readonly name = "FeedFormatError";

  constructor(readonly found: number) {
    super(
      `the change feed has an entry of format ${found}; this version of hetu reads format ${FEED_FORMAT}: ` +
        "run the same version in all processes of an instance",
    );
  }
}
