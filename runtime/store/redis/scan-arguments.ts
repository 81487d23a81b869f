import type { RangeScan } from "../contract.js";
import type { RedisArgument } from "./link.js";

const INCLUSIVE = 0x5b;
const EXCLUSIVE = 0x28;
const END = "+";

/** A scan as ZRANGE BYLEX takes it: where to begin, where to end, whether backwards, the most rows. */
export function scanArguments({ lower, upper, limit, desc }: RangeScan): readonly RedisArgument[] {
  const least = bound(INCLUSIVE, lower);
  const greatest = upper === undefined ? END : bound(EXCLUSIVE, upper);
  const most = limit === Infinity ? -1 : limit;
  return desc ? [greatest, least, 1, most] : [least, greatest, 0, most];
}

function bound(kind: number, key: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(key.length + 1);
  bytes[0] = kind;
  bytes.set(key, 1);
  return bytes;
}
