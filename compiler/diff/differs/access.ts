import type { ComponentModel, RlsRuleModel } from "../../model/model.js";
import type { Change } from "../change.js";
import { pairs } from "../pairs.js";
import { changed, type Subject } from "../row.js";
import * as rows from "../rows/access.js";

const READERS = { everybody: "everybody", user: "users who are logged in", admin: "admins" } as const;

/** Who may read a component, and which of its rows. */
export function accessChanges(namespace: string, old: ComponentModel, now: ComponentModel): readonly Change[] {
  const { name } = now;
  const subject: Subject = { namespace, word: "component", path: name, place: { kind: "component", name } };
  const reach = { clients: true, data: false };
  const [before, after] = [old.access.readers, now.access.readers];
  if (after === "admin") return before === "admin" ? [] : [changed(rows.componentHidden, subject, undefined, reach)];
  if (before === "admin") return [changed(rows.componentShown, subject, { readers: READERS[after] }, reach)];
  const changes: Change[] = [];
  if (before !== after) {
    const row = after === "user" ? rows.readersRestricted : rows.readersWidened;
    changes.push(changed(row, subject, undefined, reach));
  }
  const renamed = new Map(pairs(old.columns, now.columns).both.map((pair) => [pair.old.name, pair.now.name]));
  const oldRules = old.access.rules.map((rule) =>
    ruleText({ ...rule, column: renamed.get(rule.column) ?? rule.column }),
  );
  const newRules = now.access.rules.map(ruleText);
  for (const rule of newRules) {
    if (!oldRules.includes(rule)) changes.push(changed(rows.rlsAdded, subject, { rule }, reach));
  }
  for (const rule of oldRules) {
    if (!newRules.includes(rule)) changes.push(changed(rows.rlsRemoved, subject, { rule }, reach));
  }
  return changes;
}

function ruleText({ column, operator, context }: RlsRuleModel): string {
  return `${column} ${operator} ctx.${context}`;
}
