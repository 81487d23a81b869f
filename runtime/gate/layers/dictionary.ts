import type { Schema } from "../../schema/schema.js";

/**
 * The preset dictionary of `zlib`: what stands in nearly every frame. It is told to everybody who connects, so nothing
 * that only admins may read is in it.
 */
export function presetDictionary(schema: Pick<Schema, "components">): Uint8Array {
  const words = new Set(["updt"]);
  for (const { name, readers, columns } of schema.components) {
    if (readers === "admin") continue;
    words.add(name).add("id");
    for (const column of columns) if (column.visibility !== "admin") words.add(column.name);
  }
  return new TextEncoder().encode([...words].sort().join("\n"));
}
