import { constants, deflateRawSync } from "node:zlib";
import { ZlibStream } from "../../runtime/gate/layers/zlib-stream.js";
import type { LayerStream } from "../../runtime/wire/layers/index.js";

const MAX_MESSAGE = 1 << 20;
const ADLER_MODULUS = 65_521;

/** As a client compresses: one stream whose messages refer to those before them. */
export function zlibStream(dictionary: Uint8Array): LayerStream {
  return new ZlibStream({
    dictionary: dictionary.length === 0 ? undefined : dictionary,
    maxMessage: MAX_MESSAGE,
    deflateWindow: 15,
  });
}

/**
 * A stream whose messages can be compressed beforehand: each refers to nothing but itself, so that its block means the
 * same anywhere. What the server has to inflate is somewhat longer than what a client sends.
 */
export function zlibBlocks(dictionary: Uint8Array): LayerStream {
  const reading = zlibStream(dictionary);
  let first = true;
  return {
    encode(message) {
      const block = blockOf(message);
      if (!first) return block;
      first = false;
      return Buffer.concat([zlibHeader(dictionary), block]);
    },
    decode: (bytes) => reading.decode(bytes),
    close: () => reading.close?.(),
  };
}

const blocks = new WeakMap<Uint8Array, Uint8Array>();

function blockOf(message: Uint8Array): Uint8Array {
  const known = blocks.get(message);
  if (known !== undefined) return known;
  const block = deflateRawSync(message, { level: 1, finishFlush: constants.Z_SYNC_FLUSH });
  blocks.set(message, block);
  return block;
}

/** RFC 1950: method and window, flags, and which preset dictionary. */
function zlibHeader(dictionary: Uint8Array): Uint8Array {
  if (dictionary.length === 0) return Uint8Array.of(0x78, 0x01);
  const header = Buffer.of(0x78, 0x20, 0, 0, 0, 0);
  header.writeUInt32BE(adler32(dictionary), 2);
  return header;
}

function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % ADLER_MODULUS;
    b = (b + a) % ADLER_MODULUS;
  }
  return b * 65_536 + a;
}
