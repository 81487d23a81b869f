import type { CallableModel, SystemModel } from "../../model/model.js";
import type { Change } from "../change.js";
import { changed, type Reach, type Subject } from "../row.js";
import { executionChanged, rejectsChanged, rejectsExchanged } from "../rows/callables.js";

interface Callable extends CallableModel {
  readonly word: "system" | "endpoint";
  readonly system?: SystemModel;
}

/** How the server runs a system: what clients learn of at most by other errors. */
export function executionChanges(subject: Subject, old: Callable, now: Callable, reach: Reach): readonly Change[] {
  const changes: Change[] = [];
  const rejects = listChange("rejects", old.rejects, now.rejects);
  if (rejects !== undefined) {
    const row = isExchanged(old.rejects, now.rejects) ? rejectsExchanged : rejectsChanged;
    changes.push(changed(row, subject, { what: rejects }, reach));
  }
  const lists = [
    listChange("uses", old.system?.uses ?? [], now.system?.uses ?? []),
    listChange("calls", old.calls.map(callText), now.calls.map(callText)),
    listChange("emits", old.system?.emits ?? [], now.system?.emits ?? []),
  ].filter((each) => each !== undefined);
  // One change, since one id accepts it.
  const whats = [...partChanges(old, now), ...adminChange(old, now), ...lists];
  if (whats.length > 0) changes.push(changed(executionChanged, subject, { what: whats.join("; ") }, reach));
  return changes;
}

function partChanges(old: Callable, now: Callable): readonly string[] {
  // What an endpoint cannot have has not been changed when a system becomes one.
  if (old.word !== now.word) return [`it was ${withArticle(old.word)} and is now ${withArticle(now.word)}`];
  const [before, after] = [partsOf(old), partsOf(now)];
  return Object.entries(after).flatMap(([name, text]) =>
    before[name] === text ? [] : [`${name}: was ${before[name]}, is now ${text}`],
  );
}

/** Of what no user may call, before as now: users learn nothing of it. */
function adminChange({ permission: old }: Callable, { permission: now }: Callable): readonly string[] {
  if (old === "admin" && now === undefined) return ["admins may not call it any more"];
  return old === undefined && now === "admin" ? ["admins may call it now"] : [];
}

function withArticle(word: "system" | "endpoint"): string {
  return word === "system" ? "a system" : "an endpoint";
}

function partsOf({ timeoutMs, system }: Callable): Readonly<Record<string, string>> {
  const { retry, staleMs, trigger } = system ?? {};
  return {
    "@timeout": timeoutMs === undefined ? "none" : `${timeoutMs} ms`,
    "@retry": retry === undefined ? "none" : String(retry),
    "@stale": staleMs === undefined ? "no" : `${staleMs} ms`,
    "run by the engine": triggerText(trigger),
  };
}

function triggerText(trigger: SystemModel["trigger"]): string {
  switch (trigger?.kind) {
    case undefined:
      return "no";
    case "on":
      return `@on(${trigger.event})`;
    case "every":
      return `@every(${trigger.everyMs}ms)`;
    case "cron":
      return `@cron(${JSON.stringify(trigger.expression)})`;
  }
}

function callText({ system, suffix }: CallableModel["calls"][number]): string {
  return suffix === undefined ? system : `${system}:${suffix}`;
}

/** Whether something has gone and something else has come, so that the one may stand for the other. */
function isExchanged(old: readonly string[], now: readonly string[]): boolean {
  return old.some((each) => !now.includes(each)) && now.some((each) => !old.includes(each));
}

function listChange(word: string, old: readonly string[], now: readonly string[]): string | undefined {
  const gone = old.filter((each) => !now.includes(each));
  const added = now.filter((each) => !old.includes(each));
  const parts = [
    ...(added.length > 0 ? [`also ${word} ${added.join(", ")}`] : []),
    ...(gone.length > 0 ? [`no longer ${word} ${gone.join(", ")}`] : []),
  ];
  return parts.length === 0 ? undefined : `it ${parts.join(" and ")}`;
}
