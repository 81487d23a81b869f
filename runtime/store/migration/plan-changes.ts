import { packedOrder, type StoredColumn } from "../schema/stored-schema.js";
import type { DataChange } from "./changes.js";
import type { ConsentUse } from "./consents.js";
import { canClamp, conversionOf, isSameFamily } from "./conversion.js";
import { columnRename } from "./rename-hints.js";
import type { ColumnStep, TablePlan } from "./table-plan.js";
import { shown, zeroOf } from "./values.js";
import type { WantedColumn } from "./wanted.js";

/**
 * The table is new, called something else, or is cleared.
 * @param rows how many it has; `undefined`: there is no data at all.
 */
export function tableChange(plan: TablePlan, rows: number | undefined, use: ConsentUse): DataChange[] {
  const { name, before, after, isCleared } = plan;
  if (after === undefined) return [];
  if (before === undefined) {
    if (rows === undefined) return [];
    const description =
      after.kept === undefined ? `component ${name} is new` : `component ${name} comes back with the rows that it had`;
    return [{ kind: "component-added", component: name, description }];
  }
  const changes: DataChange[] = [];
  if (before.name !== name) {
    const description = `component ${before.name} is called ${name} now`;
    changes.push({ kind: "component-renamed", component: name, description });
  }
  if (isCleared && before.table.volatile && !after.volatile) {
    const description = `${name} is no longer @volatile, and begins without rows`;
    changes.push({ kind: "volatile-removed", component: name, description });
  }
  if (isCleared && !before.table.volatile) {
    const description = `${name} is now @volatile, so its rows are deleted`;
    const change = { kind: "volatile-added" as const, component: name, description };
    const isAllowed = use.mayDrop(name, after.component, before.name, before.table.component);
    const loss = { loss: "they would be lost", allow: [`--drop ${after.component}`], isAllowed };
    changes.push((rows ?? 0) > 0 ? { ...change, ...loss } : change);
  }
  return changes;
}

/** What is told of the columns. @param rows how many the table has. */
export function columnChanges(plan: TablePlan, rows: number, use: ConsentUse): DataChange[] {
  const { before, after, steps } = plan;
  if (before === undefined || after === undefined) return [];
  const changes: DataChange[] = [];
  for (const column of plan.dropped) changes.push(dropped(plan, column, rows, use));
  for (const step of steps) {
    if (step.kind === "fill") changes.push(added(plan, step.column));
    else changes.push(...changed(plan, step, rows));
  }
  if (changes.length === 0 && plan.isRewrite && plan.migrations.length === 0) {
    const order = packedOrder(after.columns).map(({ name }) => name);
    const description = `the columns of ${plan.name} are stored in another order: ${order.join(", ")}`;
    changes.push({ kind: "column-order-changed", component: plan.name, description });
  }
  return changes;
}

/** What goes is called as it is stored. */
function dropped(plan: TablePlan, column: StoredColumn, rows: number, use: ConsentUse): DataChange {
  const { name, before, after, migrations, isCleared } = plan;
  const component = before?.table.component ?? name;
  const own = (table: string): string => `${table}.${column.name}`;
  const change = {
    kind: "column-removed" as const,
    component: name,
    member: column.name,
    description: `column ${own(before?.name ?? name)} is gone`,
  };
  const tables = [component, before?.name ?? name, name, after?.component ?? name];
  const isAllowed =
    use.mayDrop(...tables.map(own)) || migrations.some(({ drops }) => drops?.includes(column.name) === true);
  if (rows === 0 || isCleared) return change;
  const hint = columnRename(plan, column);
  const loss = { loss: "its values would be lost", allow: [`--drop ${own(component)}`], isAllowed };
  return { ...change, ...loss, ...(hint === undefined ? {} : { hint }) };
}

function added({ name, after }: TablePlan, column: WantedColumn): DataChange {
  const member = column.name;
  const gets =
    after?.kept?.columns.some((each) => each.name === member) === true
      ? "comes back; the rows that were there before get what they had"
      : `is new; the rows that exist get ${filled(column)}`;
  return { kind: "column-added", component: name, member, description: `column ${name}.${member} ${gets}` };
}

/** What fills a column that has no values, for people. */
export function filled(column: WantedColumn): string {
  if (column.default === undefined) return `${shown(zeroOf(column))}, the zero of ${column.type}`;
  if (column.storage === "timestamp" && column.default === "now") return "the time of the upgrade";
  return `its default, ${column.values === undefined ? shown(column.default) : String(column.default)}`;
}

function changed(plan: TablePlan, step: Exclude<ColumnStep, { kind: "fill" }>, rows: number): DataChange[] {
  const { name, after, isCleared, migrations } = plan;
  const { column, from } = step;
  const member = column.name;
  const path = `${name}.${member}`;
  const changes: DataChange[] = [];
  const tell = (kind: DataChange["kind"], description: string): number =>
    changes.push({ kind, component: name, member, description });
  if (from.name !== member) tell("column-renamed", `column ${name}.${from.name} is called ${member} now`);
  if (from.values !== undefined && column.values !== undefined) {
    for (const [value, number] of Object.entries(from.values)) {
      const next = column.values[value];
      if (next === undefined) {
        tell("enum-value-removed", `column ${path} may hold ${from.type}.${value}, which ${column.type} no longer has`);
      } else if (next !== number) {
        tell("enum-value-renumbered", `${column.type}.${value} of column ${path} was ${number} and is now ${next}`);
      }
    }
    const more = Object.keys(column.values).filter((value) => from.values?.[value] === undefined);
    if (more.length > 0) {
      tell("enum-value-added", `column ${path} has more values of ${column.type}: ${more.join(", ")}`);
    }
    if (from.storage !== column.storage) {
      tell(
        "column-type-changed",
        `the values of ${column.type} in column ${path} were ${from.storage} and are now ${column.storage}`,
      );
    }
    return changes;
  }
  const conversion = conversionOf(from, column);
  if (from.type === column.type && conversion === "same") return changes;
  const description = `column ${path} was ${from.type} and is now ${column.type}`;
  const isWider = conversion === "same" || conversion === "always";
  const kind = !isSameFamily(from, column)
    ? "column-type-changed"
    : isWider
      ? "column-type-widened"
      : "column-type-narrowed";
  // A migration, or what was kept of the rows, may have the value.
  const isAnswered = migrations.length > 0 || after?.kept !== undefined;
  if (conversion !== "never" || rows === 0 || isCleared || isAnswered) {
    tell(kind, description);
    return changes;
  }
  const allow = [`--convert-lossy ${after?.component ?? name}.${member}=default`];
  const loss = `there is no rule that turns one into the other, so all of them would become ${filled(column)}`;
  const isAllowed = step.kind === "convert" && step.otherwise === "default";
  changes.push({ kind, component: name, member, description, loss, allow, isAllowed });
  return changes;
}

/** Options that let values of a step become something else. */
export function conversionOptions(component: string, step: ColumnStep): readonly string[] {
  const path = `${component}.${step.column.name}`;
  const options = [`--convert-lossy ${path}=default`];
  if (step.kind === "convert" && canClamp(step.from, step.column)) options.push(`--convert-lossy ${path}=clamp`);
  return options;
}

export function indexChanges({ name, before, after, steps }: TablePlan): DataChange[] {
  if (before === undefined || after === undefined) return [];
  const changes: DataChange[] = [];
  const stays = new Set<string>();
  for (const { name: index, columns, unique } of after.indexes) {
    const old = columns.map((column) => steps.find((step) => step.column.name === column)?.column.from ?? "").join(",");
    const found = before.table.indexes[old];
    if (found === undefined) {
      const description = `${name} has a new ${unique ? "unique " : ""}index on ${index}`;
      changes.push({ kind: unique ? "unique-added" : "index-added", component: name, member: index, description });
      continue;
    }
    stays.add(old);
    if (found.unique === unique) continue;
    const description = `the index of ${name} on ${index} is ${unique ? "now" : "no longer"} unique`;
    changes.push({ kind: unique ? "unique-added" : "unique-removed", component: name, member: index, description });
  }
  for (const [index, { unique }] of Object.entries(before.table.indexes)) {
    if (stays.has(index)) continue;
    const description = `${name} has no index on ${index} any more`;
    changes.push({ kind: unique ? "unique-removed" : "index-removed", component: name, member: index, description });
  }
  return changes;
}
