/**
 * The least key that is greater than every key that starts with `prefix`; `undefined` when there is none (all bytes
 * are `FF`, or there are none). As a lower bound it skips the prefix, as an upper bound it includes it.
 */
export function prefixEnd(prefix: Uint8Array): Uint8Array | undefined {
  let length = prefix.length;
  while (length > 0 && prefix[length - 1] === 0xff) length--;
  if (length === 0) return undefined;
  const end = prefix.slice(0, length);
  end[length - 1] = (end[length - 1] as number) + 1;
  return end;
}
