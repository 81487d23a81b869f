import { META_SPACE, spaceKey } from "./key-space.js";
import type { Lmdb } from "./lmdb.js";

/** The store's own entries, beside the data. */
export const META_FORMAT = metaKey("format");
export const META_POSITION = metaKey("position");
/** The floor of ids: see `SnowflakeSource.time`. */
export const META_IDS = metaKey("ids");
export const META_CATALOGUE = metaKey("catalogue");
/** How far an upgrade is that is under way, or was interrupted. */
export const META_UPGRADE = metaKey("upgrade");
export const META_OWNER = metaKey("owner");

/** Version of the layout described in docs/store.md. */
export const FORMAT = 1;

export function readNumber(lmdb: Lmdb, key: Uint8Array): number | undefined {
  const bytes = lmdb.getBinary(key);
  return bytes === undefined ? undefined : new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true);
}

export function numberValue(value: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return bytes;
}

export function readText(lmdb: Lmdb, key: Uint8Array): string | undefined {
  const bytes = lmdb.getBinary(key);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}

export function textValue(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function metaKey(name: string): Uint8Array {
  return spaceKey(META_SPACE, textValue(name));
}
