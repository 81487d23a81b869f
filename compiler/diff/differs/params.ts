import type { FieldModel } from "../../model/model.js";
import type { Change } from "../change.js";
import { boundsChange, travelsAlike } from "../compare-types.js";
import { changed, type Reach, type Subject } from "../row.js";
import * as rows from "../rows/callables.js";
import type { Sides } from "../side.js";
import { fieldText } from "../type-text.js";

/** Parameters, which are known by their position. */
export function paramChanges(
  sides: Sides,
  callable: Subject,
  old: readonly FieldModel[],
  now: readonly FieldModel[],
  reach: Reach,
): readonly Change[] {
  const { namespace, path, place } = callable;
  const subject = (name: string, isThere = true): Subject => {
    return {
      namespace,
      word: "parameter",
      path: `${path}.${name}`,
      place: isThere ? { ...place, member: name } : place,
    };
  };
  const changes: Change[] = [];
  old.forEach((before, at) => {
    const after = now[at];
    if (after === undefined) {
      changes.push(changed(rows.paramRemoved, subject(before.name, false), undefined, reach));
      return;
    }
    if (before.name !== after.name) {
      const names = { old: before.name, now: after.name };
      changes.push(changed(rows.paramRenamed, subject(after.name), names, reach));
    }
    const texts = { old: fieldText(before, namespace), now: fieldText(after, namespace) };
    if (!travelsAlike(before, after, sides)) {
      changes.push(changed(rows.paramChanged, subject(after.name), texts, reach));
      return;
    }
    const bounds = boundsChange(before, after);
    if (bounds === undefined) return;
    changes.push(
      changed(bounds === "widened" ? rows.boundsWidened : rows.boundsNarrowed, subject(after.name), texts, reach),
    );
  });
  for (const { name, optional } of now.slice(old.length)) {
    const row = optional === true ? rows.paramAddedOptional : rows.paramAddedRequired;
    changes.push(changed(row, subject(name), undefined, reach));
  }
  return changes;
}
