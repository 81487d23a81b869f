import type { CallableModel, EndpointModel, NamespaceModel, SystemModel } from "../../model/model.js";
import type { Change } from "../change.js";
import { boundsChange, travelOf, typeTravel } from "../compare-types.js";
import { pairs } from "../pairs.js";
import { changed, type Reach, type Subject } from "../row.js";
import * as rows from "../rows/callables.js";
import type { Sides } from "../side.js";
import { fieldText } from "../type-text.js";
import { executionChanges } from "./execution.js";
import { limitChanges } from "./limits.js";
import { paramChanges } from "./params.js";

interface Callable extends CallableModel {
  readonly word: "system" | "endpoint";
  readonly system?: SystemModel;
}

/** Systems and endpoints: to clients they are the same. */
export function callableChanges(sides: Sides, old: NamespaceModel, now: NamespaceModel): readonly Change[] {
  const namespace = now.name;
  const { both, added, removed } = pairs(callables(old), callables(now));
  const reachOf = (name: string): Reach => {
    return { clients: sides.old.isPublic(namespace, "callables", name), data: false };
  };
  return [
    ...removed.map((callable) => {
      const gone: Subject = { ...subjectOf(namespace, callable), place: { kind: "namespace", name: "" } };
      return changed(rows.callableRemoved, gone, undefined, reachOf(callable.name));
    }),
    ...both.flatMap((pair) => {
      const subject = subjectOf(namespace, pair.now);
      const isPublic = sides.now.isPublic(namespace, "callables", pair.now.name);
      const known = reachOf(pair.old.name);
      // What clients cannot call any more cannot differ for them in another way, too.
      const reach = { clients: known.clients && isPublic, data: false };
      return [
        ...permissionChanges(subject, pair.old, pair.now, known.clients, isPublic),
        ...paramChanges(sides, subject, pair.old.params, pair.now.params, reach),
        ...resultChanges(sides, subject, pair.old, pair.now, reach),
        ...onceChanges(subject, pair.old, pair.now, reach),
        ...limitChanges(subject, pair.old, pair.now, reach),
        ...executionChanges(subject, pair.old, pair.now, reach),
      ];
    }),
    ...added.map((callable) =>
      changed(rows.callableAdded, subjectOf(namespace, callable), undefined, { clients: true, data: false }),
    ),
  ];
}

function callables({ systems, endpoints }: NamespaceModel): readonly Callable[] {
  return [
    ...systems.map((system): Callable => ({ ...system, word: "system", system })),
    ...endpoints.map((endpoint: EndpointModel): Callable => ({ ...endpoint, word: "endpoint" })),
  ];
}

function subjectOf(namespace: string, { word, name }: Callable): Subject {
  return { namespace, word, path: name, place: { kind: "callable", name } };
}

const CALLERS = { everybody: "everybody", user: "users who are logged in", admin: "admins" } as const;

function permissionChanges(
  subject: Subject,
  old: Callable,
  now: Callable,
  wasPublic: boolean,
  isPublic: boolean,
): readonly Change[] {
  const reach = { clients: true, data: false };
  const [before, after] = [old.permission, now.permission];
  if (before === after) return [];
  if (wasPublic && !isPublic) return [changed(rows.callableHidden, subject, undefined, reach)];
  if (!wasPublic && isPublic) {
    return [changed(rows.callableShown, subject, { to: CALLERS[after ?? "admin"] }, reach)];
  }
  if (!isPublic) return [];
  return [changed(after === "user" ? rows.permissionRaised : rows.permissionLowered, subject, undefined, reach)];
}

function resultChanges(
  sides: Sides,
  subject: Subject,
  { result: old }: Callable,
  { result: now }: Callable,
  reach: Reach,
): readonly Change[] {
  const text = (result: Callable["result"]): string =>
    result === undefined ? "nothing" : fieldText(result, subject.namespace);
  const texts = { old: text(old), now: text(now) };
  if (old === undefined || now === undefined) {
    return old === now ? [] : [changed(rows.resultChanged, subject, texts, reach)];
  }
  const isAlwaysGiven = old.optional === true && now.optional !== true;
  const travel = isAlwaysGiven ? typeTravel(old.type, now.type, sides) : travelOf(old, now, sides);
  if (travel === "otherwise") return [changed(rows.resultChanged, subject, texts, reach)];
  if (travel === "another enum") return [changed(rows.resultEnumChanged, subject, texts, reach)];
  return [
    ...(isAlwaysGiven ? [changed(rows.resultMadeRequired, subject, texts, reach)] : []),
    ...(boundsChange(old, now, sides) === undefined ? [] : [changed(rows.boundsWidened, subject, texts, reach)]),
  ];
}

function onceChanges(subject: Subject, old: Callable, now: Callable, reach: Reach): readonly Change[] {
  const [before, after] = [old.system?.once === true, now.system?.once === true];
  if (before === after) return [];
  return [changed(after ? rows.onceAdded : rows.onceRemoved, subject, undefined, reach)];
}
