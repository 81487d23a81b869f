import type { NamespaceModel } from "../../model/model.js";
import type { Change } from "../change.js";
import { pairs } from "../pairs.js";
import { changed, type Subject } from "../row.js";
import { sessionChanged } from "../rows/messages.js";
import type { Sides } from "../side.js";
import { typeText } from "../type-text.js";

export function sessionChanges(_sides: Sides, old: NamespaceModel, now: NamespaceModel): readonly Change[] {
  const { both, added, removed } = pairs(old.session, now.session);
  const namespace = now.name;
  const change = (field: string, what: string, isThere = true): Change => {
    const isDeclared = now.session.length > 0;
    const place = { kind: isDeclared ? ("session" as const) : ("namespace" as const), name: "" };
    const subject: Subject = {
      namespace,
      word: "session field",
      path: `session.${field}`,
      place: isThere ? { ...place, member: field } : place,
    };
    return changed(sessionChanged, subject, { what }, { clients: true, data: true });
  };
  return [
    ...removed.map(({ name }) => change(name, "the session field is gone", false)),
    ...both.flatMap((pair) => {
      const [before, after] = [typeText(pair.old.type, namespace), typeText(pair.now.type, namespace)];
      return before === after ? [] : [change(pair.now.name, `the session field was ${before} and is now ${after}`)];
    }),
    ...added.map(({ name }) => change(name, "the session field is new")),
  ];
}
