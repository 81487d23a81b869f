import type { FieldModel } from "../../model/model.js";
import type { Change } from "../change.js";
import { boundsChange, travelOf, typeTravel } from "../compare-types.js";
import { changed, type Reach, type Subject } from "../row.js";
import * as rows from "../rows/callables.js";
import type { Sides } from "../side.js";
import { fieldText } from "../type-text.js";

/**
 * Parameters. They travel by their position, and what stands there is told by its name: one that both sides have in
 * different positions has moved, whatever its type, and one that is there under a new name is renamed.
 */
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
  const before = new Map(old.map((param, at) => [param.name, { param, at }]));
  const names = new Set(now.map(({ name }) => name));
  const changes: Change[] = [];
  const renamed = new Set<string>();
  now.forEach((after, at) => {
    const same = before.get(after.name);
    const there = old[at];
    if (same !== undefined && same.at !== at) {
      const places = { old: same.at + 1, now: at + 1 };
      changes.push(changed(rows.paramMoved, subject(after.name), places, reach));
    }
    const former = same?.param ?? (there === undefined || names.has(there.name) ? undefined : there);
    if (former === undefined) {
      const row = after.optional === true ? rows.paramAddedOptional : rows.paramAddedRequired;
      changes.push(changed(row, subject(after.name), undefined, reach));
      return;
    }
    if (same === undefined) {
      renamed.add(former.name);
      const both = { old: former.name, now: after.name };
      changes.push(changed(rows.paramRenamed, subject(after.name), both, reach));
    }
    const texts = { old: fieldText(former, namespace), now: fieldText(after, namespace) };
    const isMadeOptional = former.optional !== true && after.optional === true;
    const travel = isMadeOptional ? typeTravel(former.type, after.type, sides) : travelOf(former, after, sides);
    if (travel !== "alike") {
      const row = travel === "another enum" ? rows.paramEnumChanged : rows.paramChanged;
      changes.push(changed(row, subject(after.name), texts, reach));
      return;
    }
    if (isMadeOptional) changes.push(changed(rows.paramMadeOptional, subject(after.name), texts, reach));
    const bounds = boundsChange(former, after, sides);
    if (bounds === undefined) return;
    const row = bounds === "widened" ? rows.boundsWidened : rows.boundsNarrowed;
    changes.push(changed(row, subject(after.name), texts, reach));
  });
  for (const { name } of old) {
    if (names.has(name) || renamed.has(name)) continue;
    changes.push(changed(rows.paramRemoved, subject(name, false), undefined, reach));
  }
  return changes;
}
