/** What a cached row takes beside its values: the object, its ids, its place in the maps. */
const ROW_OVERHEAD = 200;
const KEY_OVERHEAD = 150;

/** Bytes of memory that a cached row is taken to cost. @param packed Its length as LMDB has it. */
export function rowCost(packed: number): number {
  return ROW_OVERHEAD + 2 * packed;
}

/** Bytes of memory that a cached key of a unique index is taken to cost. */
export function keyCost(text: string): number {
  return KEY_OVERHEAD + text.length;
}
