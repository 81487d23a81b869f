/**
 * JSON text that is the same for equal values: keys sorted by code unit, no white space, lists in their order. Keys
 * without a value are left out.
 *
 * @param omit keys that are left out wherever they occur.
 */
export function canonicalJson(value: unknown, omit: ReadonlySet<string> = new Set()): string {
  if (Array.isArray(value)) return `[${value.map((item: unknown) => canonicalJson(item, omit)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([key, member]) => member !== undefined && !omit.has(key))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member, omit)}`);
  return `{${members.join(",")}}`;
}
