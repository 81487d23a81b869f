import type { FormerName } from "../../../check/attributes/read.js";

/** What `@was` tells; `undefined`: there is none. */
export function formerNamesText(names: readonly FormerName[]): string | undefined {
  const [newest, ...older] = names.map(({ value }) => `\`${value}\``);
  if (newest === undefined) return undefined;
  return `Was called ${newest} before${older.length === 0 ? "" : `, and ${older.join(", ")} before that`}.`;
}
