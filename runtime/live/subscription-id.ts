/** A string bound that can be told from everything else as it is: no `:`, brackets or quotes after a mark. */
const PLAIN = /^[[(]?[^:[\]'\\]*$/;

/**
 * The id of a range by the rules of hetu.1: `Component.index[left:right:direction][:limit]`. Bounds look as Python
 * prints them, since that is what HeTu's clients predict; a whole float has no `.0` because MessagePack readers cannot
 * tell it from an integer. Text in which a reader could lose its way is quoted, so that two different queries never
 * share an id.
 *
 * @param left as on the wire, like `right` and `limit`.
 */
export function rangeId(
  table: string,
  index: string,
  left: unknown,
  right: unknown,
  limit: number,
  desc: boolean,
): string {
  return `${table}.${index}[${boundText(left)}:${boundText(right)}:${desc ? -1 : 1}][:${limit}]`;
}

/** The id of a `get`: that of the range over `id` that holds the row which it found. */
export function getId(table: string, row: bigint): string {
  return rangeId(table, "id", row, null, 1, false);
}

function boundText(bound: unknown): string {
  if (typeof bound === "string" && PLAIN.test(bound) && bound !== "None") return bound;
  return pythonText(bound);
}

function pythonText(value: unknown): string {
  switch (typeof value) {
    case "string":
      return quoted(value);
    case "number":
      return numberText(value);
    case "bigint":
      return value.toString();
    case "boolean":
      return value ? "True" : "False";
    case "object":
      if (Array.isArray(value)) return `[${value.map(pythonText).join(", ")}]`;
      return value === null ? "None" : "object";
    default:
      return "None";
  }
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value < 0 ? "-inf" : "inf";
  if (Number.isInteger(value)) return BigInt(value).toString();
  return String(value);
}

function quoted(text: string): string {
  const escaped = text.replace(/[\\'\n\r\t]/g, (character) => ESCAPES[character] as string);
  return `'${escaped}'`;
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
