import type { ColumnModel, ColumnTypeModel, ComponentModel } from "../../model/model.js";
import type { Change } from "../change.js";
import { rangeChange } from "../compare-types.js";
import { columnTypeChange } from "../column-types.js";
import { isReordered, pairs } from "../pairs.js";
import { changed, type Reach, type Subject } from "../row.js";
import * as rows from "../rows/columns.js";
import type { Sides } from "../side.js";
import { literalText, rangeText, typeText } from "../type-text.js";

/** Columns of a component that both sides have. */
export function columnChanges(
  sides: Sides,
  namespace: string,
  old: ComponentModel,
  now: ComponentModel,
): readonly Change[] {
  const found = pairs(old.columns, now.columns);
  const isRead = sides.old.isPublic(namespace, "components", old.name);
  const data = old.volatile !== true && now.volatile !== true;
  const reachOf = ({ visibility }: ColumnModel): Reach => ({ clients: isRead && visibility !== "admin", data });
  const subject = (column: string, isThere = true): Subject => {
    const place = { kind: "component" as const, name: now.name, ...(isThere ? { member: column } : {}) };
    return { namespace, word: "column", path: `${now.name}.${column}`, place };
  };
  const changes: Change[] = [];
  for (const column of found.removed) {
    changes.push(changed(rows.columnRemoved, subject(column.name, false), undefined, reachOf(column)));
  }
  for (const pair of found.both) {
    const at = subject(pair.now.name);
    const reach = reachOf(pair.old);
    if (pair.renamed) {
      changes.push(changed(rows.columnRenamed, at, { old: pair.old.name, now: pair.now.name }, reach));
    }
    const types = typeChanges(sides, namespace, at, pair.old, pair.now, reach);
    const values = valueChanges(at, pair.old, pair.now, reach);
    changes.push(
      ...types,
      ...visibilityChanges(at, pair.old, pair.now, isRead),
      // Defaults and ranges of different types cannot be compared.
      ...(haveLikeValues(pair.old.type, pair.now.type) ? values : []),
    );
  }
  for (const column of found.added) {
    const row = column.default === undefined ? rows.columnAddedWithoutDefault : rows.columnAdded;
    changes.push(changed(row, subject(column.name), undefined, { clients: isRead, data }));
  }
  if (isReordered(found, old.columns)) {
    const at: Subject = { ...subject("", false), word: "component", path: now.name };
    changes.push(changed(rows.columnOrderChanged, at, undefined, { clients: isRead, data }));
  }
  return changes;
}

function typeChanges(
  sides: Sides,
  namespace: string,
  at: Subject,
  old: ColumnModel,
  now: ColumnModel,
  reach: Reach,
): readonly Change[] {
  const texts = { old: typeText(old.type, namespace), now: typeText(now.type, namespace) };
  switch (columnTypeChange(old.type, now.type, sides)) {
    case "same":
      return [];
    case "in place":
      return [changed(rows.columnTypeWidenedInPlace, at, texts, reach)];
    case "larger":
      return [changed(rows.columnTypeWidened, at, texts, reach)];
    case "shorter":
      return [changed(rows.columnTypeShortened, at, texts, reach)];
    case "smaller":
      return [changed(rows.columnTypeNarrowed, at, texts, reach)];
    case "kindred":
      return [changed(rows.columnTypeConverted, at, texts, reach)];
    case "other base":
      return [changed(rows.columnEnumBaseChanged, at, texts, reach)];
    case "other numbers":
      return [changed(rows.columnEnumRenumbered, at, texts, reach)];
    case "other names":
      return [changed(rows.columnEnumChanged, at, texts, reach)];
    case "other":
      return [changed(rows.columnTypeChanged, at, texts, reach)];
  }
}

/** Whether literals of both types are written in the same way. */
function haveLikeValues(old: ColumnTypeModel, now: ColumnTypeModel): boolean {
  const isBool = (type: ColumnTypeModel): boolean => type.kind === "scalar" && type.name === "bool";
  return old.kind === now.kind && isBool(old) === isBool(now);
}

const LEVELS = ["public", "owner", "admin"] as const;

function visibilityChanges(at: Subject, old: ColumnModel, now: ColumnModel, isRead: boolean): readonly Change[] {
  if (old.visibility === now.visibility) return [];
  const reach = { clients: isRead, data: false };
  if (LEVELS.indexOf(now.visibility) < LEVELS.indexOf(old.visibility)) {
    const to = now.visibility === "owner" ? "owners" : "all";
    return [changed(rows.columnShown, at, { to }, reach)];
  }
  return [changed(now.visibility === "admin" ? rows.columnHidden : rows.columnRestricted, at, undefined, reach)];
}

function valueChanges(at: Subject, old: ColumnModel, now: ColumnModel, reach: Reach): readonly Change[] {
  const changes: Change[] = [];
  const defaults = { old: literalText(old.default), now: literalText(now.default) };
  if (defaults.old !== defaults.now) changes.push(changed(rows.defaultChanged, at, defaults, reach));
  const ranges = { old: rangeText(old.range), now: rangeText(now.range) };
  if (rangeChange(old.range, now.range) !== undefined)
    changes.push(changed(rows.columnRangeChanged, at, ranges, reach));
  return changes;
}
