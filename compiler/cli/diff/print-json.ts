import { type Change, effects, worstEffect } from "../../diff/change.js";
import type { PlacedChange } from "./compare.js";

/** What the JSON of a comparison says beside its changes. */
export interface JsonHead {
  readonly old: string;
  readonly new: string;
  /** One side is a server that tells its public part only. */
  readonly publicOnly: boolean;
}

/** A comparison as one JSON document. Lines and columns count from 1, columns in UTF-16 code units. */
export function printChangesAsJson(
  changes: readonly PlacedChange[],
  head: JsonHead,
  judge: (change: Change) => { readonly fails: boolean; readonly accepted: boolean },
): string {
  const counts = effects.map((effect) => [
    effect,
    changes.filter(({ change }) => worstEffect(change) === effect).length,
  ]);
  const document = {
    ...head,
    counts: Object.fromEntries(counts) as Record<string, number>,
    changes: changes.map(({ change, span }) => {
      const { place: _place, ...told } = change;
      if (span === undefined) return { ...told, ...judge(change) };
      const { file, start, end } = span;
      return { ...told, ...judge(change), path: file.path, start: file.position(start), end: file.position(end) };
    }),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
