import type { NamespaceModel, StructModel } from "../../model/model.js";
import type { Change } from "../change.js";
import { boundsChange, travelOf } from "../compare-types.js";
import { isReordered, pairs } from "../pairs.js";
import { changed, type Reach, type Subject } from "../row.js";
import { boundsNarrowed, boundsWidened } from "../rows/callables.js";
import * as rows from "../rows/structs.js";
import type { Sides } from "../side.js";
import { fieldText } from "../type-text.js";

export function structChanges(sides: Sides, old: NamespaceModel, now: NamespaceModel): readonly Change[] {
  const { both, added, removed } = pairs(old.structs, now.structs);
  const everybody = { clients: true, data: false };
  return [
    ...removed.map(({ name }) => changed(rows.structRemoved, gone(now.name, name), undefined, everybody)),
    ...both.flatMap((pair) => fieldChanges(sides, now.name, pair.old, pair.now)),
    ...added.map(({ name }) => changed(rows.structAdded, subject(now.name, name), undefined, everybody)),
  ];
}

function fieldChanges(sides: Sides, namespace: string, old: StructModel, now: StructModel): readonly Change[] {
  const { name } = now;
  const { sent, received } = sides.old;
  const isSent = sent.has(namespace, name);
  const reach: Reach = { clients: isSent || received.has(namespace, name), data: false };
  const found = pairs(old.fields, now.fields);
  const changes: Change[] = [];
  for (const field of found.removed) {
    changes.push(changed(rows.structFieldRemoved, subject(namespace, name, field.name, false), undefined, reach));
  }
  for (const pair of found.both) {
    const at = subject(namespace, name, pair.now.name);
    const texts = { old: fieldText(pair.old, namespace), now: fieldText(pair.now, namespace) };
    const travel = travelOf(pair.old, pair.now, sides);
    if (travel !== "alike") {
      const row = travel === "another enum" ? rows.structFieldEnumChanged : rows.structFieldChanged;
      changes.push(changed(row, at, texts, reach));
    }
    const bounds = boundsChange(pair.old, pair.now, sides);
    if (bounds === undefined) continue;
    const row = bounds === "widened" ? boundsWidened : boundsNarrowed;
    changes.push(changed(row, at, texts, { clients: isSent, data: false }));
  }
  for (const field of found.added) {
    changes.push(changed(rows.structFieldAdded, subject(namespace, name, field.name), undefined, reach));
  }
  if (isReordered(found, old.fields)) {
    changes.push(changed(rows.structFieldsReordered, subject(namespace, name), undefined, reach));
  }
  return changes;
}

function subject(namespace: string, name: string, field?: string, isThere = true): Subject {
  if (field === undefined) return { namespace, word: "struct", path: name, place: { kind: "struct", name } };
  const place = { kind: "struct" as const, name, ...(isThere ? { member: field } : {}) };
  return { namespace, word: "field", path: `${name}.${field}`, place };
}

function gone(namespace: string, name: string): Subject {
  return { namespace, word: "struct", path: name, place: { kind: "namespace", name: "" } };
}
