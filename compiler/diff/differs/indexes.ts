import type { ComponentModel, IndexModel } from "../../model/model.js";
import type { Change } from "../change.js";
import { pairs } from "../pairs.js";
import { changed, type Subject } from "../row.js";
import * as rows from "../rows/indexes.js";
import type { Sides } from "../side.js";

/** Indexes of a component that both sides have; one over renamed columns counts as the same. */
export function indexChanges(
  sides: Sides,
  namespace: string,
  old: ComponentModel,
  now: ComponentModel,
): readonly Change[] {
  const renamed = new Map(pairs(old.columns, now.columns).both.map((pair) => [pair.old.name, pair.now.name]));
  const former = old.indexes.map((index): IndexModel & { readonly asked: string } => {
    const columns = index.columns.map((column) => renamed.get(column) ?? column);
    return { ...index, columns, name: columns.join(","), asked: index.name };
  });
  const data = old.volatile !== true && now.volatile !== true;
  const wasAsked = indexesOf(sides.old, namespace, old.name);
  const isAsked = indexesOf(sides.now, namespace, now.name);
  const isRead = sides.now.isPublic(namespace, "components", now.name);
  const changes: Change[] = [];
  for (const index of former) {
    const clients = wasAsked.has(index.asked);
    const next = now.indexes.find(({ name }) => name === index.name);
    const subject = subjectOf(namespace, now.name, next ?? index);
    if (next === undefined) {
      changes.push(changed(rows.indexRemoved, subject, undefined, { clients, data }));
      continue;
    }
    if (clients && isRead && !isAsked.has(next.name)) {
      changes.push(changed(rows.indexHidden, subject, undefined, { clients, data }));
    }
    if (index.unique === next.unique) continue;
    const row = next.unique ? uniqueRow(former, next) : rows.uniqueRemoved;
    changes.push(changed(row, subject, undefined, { clients, data }));
  }
  for (const index of now.indexes) {
    if (former.some(({ name }) => name === index.name)) continue;
    const row = index.unique ? uniqueRow(former, index) : rows.indexAdded;
    changes.push(changed(row, subjectOf(namespace, now.name, index), undefined, { clients: isRead, data }));
  }
  return changes;
}

function uniqueRow(former: readonly IndexModel[], { columns }: IndexModel): typeof rows.uniqueAdded {
  const isCovered = former.some((index) => index.unique && index.columns.every((column) => columns.includes(column)));
  return isCovered ? rows.uniqueAddedCovered : rows.uniqueAdded;
}

function indexesOf(side: Sides["old"], namespace: string, component: string): ReadonlySet<string> {
  const found = side.visible(namespace)?.components.find(({ name }) => name === component);
  return new Set(found?.indexes.map(({ name }) => name));
}

/** An index of one column is declared at the column. */
function subjectOf(namespace: string, component: string, { name, columns }: IndexModel): Subject {
  const [only, more] = columns;
  const member = more === undefined && only !== undefined ? { member: only } : {};
  return {
    namespace,
    word: "index",
    path: `${component}.${name}`,
    place: { kind: "component", name: component, ...member },
  };
}
