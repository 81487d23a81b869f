/** Names of values that hold compressed bytes: another version of zlib may write them in another way. */
const COMPRESSED = new Set(["sealed", "zlib", "zlib,crypto", "messages"]);

/**
 * The file that is there, when nothing but compressed bytes has changed: so a recording under another version of zlib
 * does not differ. Compressed messages depend on those before them, so they are taken over all or not at all. That they
 * still inflate to what stands beside them is what the runners test.
 *
 * @param recorded the file as it was recorded now.
 * @param present the file as it is in the repository; `undefined`: there is none.
 */
export function keepCompressed<T>(recorded: T, present: unknown): T {
  return sameBut(recorded, present) ? (present as T) : recorded;
}

/** Whether nothing but compressed bytes differs. */
function sameBut(a: unknown, b: unknown): boolean {
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((value, at) => sameBut(value, b[at]));
  if (!isObject(a) || !isObject(b)) return Object.is(a, b);
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => (COMPRESSED.has(key) ? key in b : sameBut(a[key], b[key])))
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
