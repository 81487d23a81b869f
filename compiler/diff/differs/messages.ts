import type { ErrorModel, EventModel, FieldModel, NamespaceModel } from "../../model/model.js";
import type { Change } from "../change.js";
import { boundsChange, travelOf } from "../compare-types.js";
import { pairs } from "../pairs.js";
import { changed, type ChangeRow, type Subject } from "../row.js";
import { boundsWidened } from "../rows/callables.js";
import * as rows from "../rows/messages.js";
import type { Sides } from "../side.js";
import { fieldText } from "../type-text.js";

type Texts = { readonly old: string; readonly now: string };

interface MessageRows {
  readonly word: "error" | "event";
  readonly list: "errors" | "events";
  readonly added: ChangeRow<void>;
  readonly removed: ChangeRow<void>;
  readonly fieldAdded: ChangeRow<void>;
  readonly fieldRemoved: ChangeRow<void>;
  readonly fieldChanged: ChangeRow<Texts>;
  readonly fieldEnumChanged: ChangeRow<Texts>;
}

const ERRORS: MessageRows = {
  word: "error",
  list: "errors",
  added: rows.errorAdded,
  removed: rows.errorRemoved,
  fieldAdded: rows.errorFieldAdded,
  fieldRemoved: rows.errorFieldRemoved,
  fieldChanged: rows.errorFieldChanged,
  fieldEnumChanged: rows.errorFieldEnumChanged,
};

const EVENTS: MessageRows = {
  word: "event",
  list: "events",
  added: rows.eventAdded,
  removed: rows.eventRemoved,
  fieldAdded: rows.eventFieldAdded,
  fieldRemoved: rows.eventFieldRemoved,
  fieldChanged: rows.eventFieldChanged,
  fieldEnumChanged: rows.eventFieldEnumChanged,
};

/** Changes of errors and events: both are a name with fields that go to clients. */
export function messageChanges(sides: Sides, old: NamespaceModel, now: NamespaceModel): readonly Change[] {
  return [
    ...changesOf(ERRORS, sides, now.name, old.errors, now.errors),
    ...changesOf(EVENTS, sides, now.name, old.events, now.events),
  ];
}

function changesOf(
  kind: MessageRows,
  sides: Sides,
  namespace: string,
  old: readonly (ErrorModel | EventModel)[],
  now: readonly (ErrorModel | EventModel)[],
): readonly Change[] {
  const { both, added, removed } = pairs(old, now);
  const isKnown = (name: string): boolean => sides.old.isPublic(namespace, kind.list, name);
  const subject = (name: string): Subject => {
    return { namespace, word: kind.word, path: name, place: { kind: kind.word, name } };
  };
  const everybody = { clients: true, data: false };
  return [
    ...removed.map(({ name }) => {
      const gone: Subject = { ...subject(name), place: { kind: "namespace", name: "" } };
      return changed(kind.removed, gone, undefined, { clients: isKnown(name), data: false });
    }),
    ...both.flatMap((pair) => fieldChanges(kind, sides, namespace, pair.now.name, pair.old.fields, pair.now.fields)),
    ...added.map(({ name }) => changed(kind.added, subject(name), undefined, everybody)),
  ];
}

function fieldChanges(
  kind: MessageRows,
  sides: Sides,
  namespace: string,
  name: string,
  old: readonly FieldModel[],
  now: readonly FieldModel[],
): readonly Change[] {
  const { both, added, removed } = pairs(old, now);
  const reach = { clients: sides.old.isPublic(namespace, kind.list, name), data: false };
  const subject = (field: string, isThere = true): Subject => {
    const place = { kind: kind.word, name, ...(isThere ? { member: field } : {}) };
    return { namespace, word: "field", path: `${name}.${field}`, place };
  };
  return [
    ...removed.map((field) => changed(kind.fieldRemoved, subject(field.name, false), undefined, reach)),
    ...both.flatMap((pair) => {
      const texts = { old: fieldText(pair.old, namespace), now: fieldText(pair.now, namespace) };
      const at = subject(pair.now.name);
      const travel = travelOf(pair.old, pair.now, sides);
      if (travel === "otherwise") return [changed(kind.fieldChanged, at, texts, reach)];
      if (travel === "another enum") return [changed(kind.fieldEnumChanged, at, texts, reach)];
      // Clients do not check what they get, so narrower bounds are no narrower for them.
      return boundsChange(pair.old, pair.now, sides) === undefined ? [] : [changed(boundsWidened, at, texts, reach)];
    }),
    ...added.map((field) => changed(kind.fieldAdded, subject(field.name), undefined, reach)),
  ];
}
