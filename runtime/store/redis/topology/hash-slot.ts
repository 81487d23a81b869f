/** Slots of a cluster. */
export const SLOTS = 16_384;

/** CRC-16/XMODEM: polynomial 0x1021, nothing reflected, starting from 0. */
const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021;
  return crc & 0xffff;
});

const known = new Map<string, number>();

/** More keys than partitions have; so that no mistake makes it grow without end. */
const MOST_KNOWN = 100_000;

/**
 * The hash slot of a key, by the Redis Cluster specification: CRC-16 of what stands between the first `{` and the next
 * `}`, or of the whole key when there is nothing between.
 */
export function hashSlot(key: string): number {
  const remembered = known.get(key);
  if (remembered !== undefined) return remembered;
  let crc = 0;
  for (const byte of Buffer.from(hashedPart(key))) {
    crc = ((crc << 8) & 0xffff) ^ (TABLE[(crc >> 8) ^ byte] ?? 0);
  }
  if (known.size === MOST_KNOWN) known.clear();
  known.set(key, crc % SLOTS);
  return crc % SLOTS;
}

function hashedPart(key: string): string {
  const open = key.indexOf("{");
  const close = open < 0 ? -1 : key.indexOf("}", open + 1);
  return close > open + 1 ? key.slice(open + 1, close) : key;
}
