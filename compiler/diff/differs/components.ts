import type { ComponentModel, NamespaceModel } from "../../model/model.js";
import type { Change } from "../change.js";
import { pairs } from "../pairs.js";
import { changed, type Reach, type Subject } from "../row.js";
import * as rows from "../rows/components.js";
import type { Sides } from "../side.js";
import { accessChanges } from "./access.js";
import { columnChanges } from "./columns.js";
import { indexChanges } from "./indexes.js";

export function componentChanges(sides: Sides, old: NamespaceModel, now: NamespaceModel): readonly Change[] {
  const { both, added, removed } = pairs(old.components, now.components);
  const namespace = now.name;
  const reachOf = ({ name, volatile }: ComponentModel): Reach => {
    return { clients: sides.old.isPublic(namespace, "components", name), data: volatile !== true };
  };
  return [
    ...removed.map((component) => {
      const gone: Subject = { ...subjectOf(namespace, component), place: { kind: "namespace", name: "" } };
      return changed(rows.componentRemoved, gone, undefined, reachOf(component));
    }),
    ...both.flatMap((pair) => {
      const reach = reachOf(pair.old);
      const subject = subjectOf(namespace, pair.now);
      const names = { old: pair.old.name, now: pair.now.name };
      return [
        ...(pair.renamed ? [changed(rows.componentRenamed, subject, names, reach)] : []),
        ...accessChanges(namespace, pair.old, pair.now),
        ...storageChanges(subject, pair.old, pair.now, reach),
        ...columnChanges(sides, namespace, pair.old, pair.now),
        ...indexChanges(sides, namespace, pair.old, pair.now),
      ];
    }),
    ...added.map((component) =>
      changed(rows.componentAdded, subjectOf(namespace, component), undefined, { clients: true, data: true }),
    ),
  ];
}

function storageChanges(subject: Subject, old: ComponentModel, now: ComponentModel, reach: Reach): readonly Change[] {
  const changes: Change[] = [];
  if (old.volatile !== now.volatile) {
    const row = now.volatile === true ? rows.volatileAdded : rows.volatileRemoved;
    changes.push(changed(row, subject, undefined, reach));
  }
  if (old.backend !== now.backend) {
    changes.push(changed(rows.backendChanged, subject, { old: old.backend, now: now.backend }, reach));
  }
  return changes;
}

function subjectOf(namespace: string, { name }: ComponentModel): Subject {
  return { namespace, word: "component", path: name, place: { kind: "component", name } };
}
