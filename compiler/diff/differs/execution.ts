import type { CallableModel, SystemModel } from "../../model/model.js";
import type { Change } from "../change.js";
import { changed, type Reach, type Subject } from "../row.js";
import { executionChanged, rejectsChanged, rejectsExchanged } from "../rows/callables.js";

interface Callable extends CallableModel {
  readonly word: string;
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
  const [before, after] = [partsOf(old), partsOf(now)];
  for (const [name, text] of Object.entries(after)) {
    const former = before[name];
    if (former === text) continue;
    changes.push(changed(executionChanged, subject, { what: `${name}: was ${former}, is now ${text}` }, reach));
  }
  for (const [word, from, to] of [
    ["uses", old.system?.uses ?? [], now.system?.uses ?? []],
    ["calls", old.calls.map(callText), now.calls.map(callText)],
    ["emits", old.system?.emits ?? [], now.system?.emits ?? []],
  ] as const) {
    const what = listChange(word, from, to);
    if (what !== undefined) changes.push(changed(executionChanged, subject, { what }, reach));
  }
  return changes;
}

function partsOf({ word, timeoutMs, system }: Callable): Readonly<Record<string, string>> {
  const { retry, staleMs, trigger } = system ?? {};
  return {
    kind: word,
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
