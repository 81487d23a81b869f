import type { Model, NamespaceModel } from "../model/model.js";
import type { Change } from "./change.js";
import { changed, type Subject } from "./row.js";
import { namespaceAdded, namespaceRemoved, orderChanged } from "./rows/namespaces.js";
import { callableChanges } from "./differs/callables.js";
import { clusterChanges } from "./differs/clusters.js";
import { componentChanges } from "./differs/components.js";
import { copyChanges } from "./differs/copies.js";
import { enumChanges } from "./differs/enums.js";
import { messageChanges } from "./differs/messages.js";
import { sessionChanges } from "./differs/session.js";
import { structChanges } from "./differs/structs.js";
import { Side, type Sides } from "./side.js";

/** Changes of one area between two states of a namespace. */
export type Differ = (sides: Sides, old: NamespaceModel, now: NamespaceModel) => readonly Change[];

const differs: readonly Differ[] = [
  componentChanges,
  copyChanges,
  clusterChanges,
  enumChanges,
  structChanges,
  messageChanges,
  sessionChanges,
  callableChanges,
];

/**
 * Everything in which two schemas differ, as it concerns clients that were built with the old one and data that was
 * written under it; by namespace, then by area. Documentation and deprecations make no difference. Empty exactly when
 * the fingerprints of the models are equal.
 */
export function diffModels(old: Model, now: Model): readonly Change[] {
  if (old.fingerprint === now.fingerprint) return [];
  const sides: Sides = { old: new Side(old), now: new Side(now) };
  const changes: Change[] = [];
  for (const before of old.namespaces) {
    const after = sides.now.namespaces.get(before.name);
    if (after === undefined) {
      const data = before.components.some(({ volatile }) => volatile !== true);
      changes.push(changed(namespaceRemoved, itself(before.name), undefined, { clients: true, data }));
    } else if (after.fingerprint !== before.fingerprint) {
      for (const differ of differs) changes.push(...differ(sides, before, after));
    }
  }
  for (const { name } of now.namespaces) {
    if (sides.old.namespaces.has(name)) continue;
    changes.push(changed(namespaceAdded, itself(name), undefined, { clients: true, data: true }));
  }
  return changes.length > 0 ? changes : reordered(old, now);
}

function reordered(old: Model, now: Model): readonly Change[] {
  const before = new Map(old.namespaces.map(({ name, fingerprint }) => [name, fingerprint]));
  const other = now.namespaces.filter(({ name, fingerprint }) => before.get(name) !== fingerprint);
  const shown = other.length > 0 ? other : now.namespaces.slice(0, 1);
  return shown.map(({ name }) => changed(orderChanged, itself(name), undefined, { clients: true, data: true }));
}

function itself(namespace: string): Subject {
  return { namespace, word: "namespace", path: "", place: { kind: "namespace", name: "" } };
}
