import type { EnumModel, NamespaceModel } from "../../model/model.js";
import type { Change } from "../change.js";
import { pairs } from "../pairs.js";
import { changed, type Reach, type Subject } from "../row.js";
import * as rows from "../rows/enums.js";
import type { Sides } from "../side.js";

export function enumChanges(sides: Sides, old: NamespaceModel, now: NamespaceModel): readonly Change[] {
  const { both, added, removed } = pairs(old.enums, now.enums);
  const everybody = { clients: true, data: true };
  return [
    ...removed.map(({ name }) => changed(rows.enumRemoved, gone(now.name, name), undefined, everybody)),
    ...both.flatMap((pair) => valueChanges(sides, now.name, pair.old, pair.now)),
    ...added.map(({ name }) => changed(rows.enumAdded, subject(now.name, name), undefined, everybody)),
  ];
}

function valueChanges(sides: Sides, namespace: string, old: EnumModel, now: EnumModel): readonly Change[] {
  const { name } = now;
  const { sent, received, stored } = sides.old;
  const data = stored.has(namespace, name) && sides.now.stored.has(namespace, name);
  const isSent = sent.has(namespace, name);
  const numbered: Reach = { clients: isSent || received.has(namespace, name), data };
  const { both, added, removed } = pairs(old.values, now.values);
  const changes: Change[] = [];
  if (old.base !== now.base) {
    changes.push(changed(rows.enumBaseChanged, subject(namespace, name), { old: old.base, now: now.base }, numbered));
  }
  const renamed = new Set<string>();
  for (const value of removed) {
    const heir = added.find((each) => each.value === value.value);
    if (heir === undefined) {
      const at = subject(namespace, name, value.name, false);
      changes.push(changed(rows.enumValueRemoved, at, undefined, { clients: isSent, data }));
      continue;
    }
    renamed.add(heir.name);
    const names = { old: value.name, now: heir.name };
    const row = data ? rows.enumValueRenamed : rows.enumValueRenamedUnstored;
    changes.push(changed(row, subject(namespace, name, heir.name), names, numbered));
  }
  for (const pair of both) {
    if (pair.old.value === pair.now.value) continue;
    const numbers = { old: pair.old.value, now: pair.now.value };
    changes.push(changed(rows.enumValueRenumbered, subject(namespace, name, pair.now.name), numbers, numbered));
  }
  for (const value of added) {
    if (renamed.has(value.name)) continue;
    changes.push(changed(rows.enumValueAdded, subject(namespace, name, value.name), undefined, numbered));
  }
  return changes;
}

function subject(namespace: string, name: string, value?: string, isThere = true): Subject {
  if (value === undefined) return { namespace, word: "enum", path: name, place: { kind: "enum", name } };
  const place = { kind: "enum" as const, name, ...(isThere ? { member: value } : {}) };
  return { namespace, word: "enum value", path: `${name}.${value}`, place };
}

function gone(namespace: string, name: string): Subject {
  return { namespace, word: "enum", path: name, place: { kind: "namespace", name: "" } };
}
