import { nearestName } from "../../config/nearest.js";
import type { StoredColumn, StoredTable } from "../schema/stored-schema.js";
import type { TablePlan } from "./table-plan.js";
import type { WantedSchema } from "./wanted.js";

/** What to write where a column that goes has only got another name. @returns `undefined`: nothing looks like it. */
export function columnRename({ after, steps, direction }: TablePlan, gone: StoredColumn): string | undefined {
  if (after === undefined || direction === "down") return undefined;
  const fresh = steps.filter(({ kind, column }) => kind === "fill" && column.type === gone.type);
  const now = likeliest(
    gone.name,
    fresh.map(({ column }) => column.name),
  );
  return now === undefined ? undefined : hint(gone.name, `${after.component}.${now}`);
}

/** The same for a component, and a new one with the same columns. */
export function componentRename(gone: StoredTable, { tables }: WantedSchema): string | undefined {
  const columns = columnsOf(gone.columns);
  const fresh = tables.filter(({ from, columns: own }) => from === undefined && columnsOf(own) === columns);
  const now = likeliest(gone.component, [...new Set(fresh.map(({ component }) => component))]);
  return now === undefined ? undefined : hint(gone.component, now);
}

function likeliest(gone: string, fresh: readonly string[]): string | undefined {
  return fresh.length === 1 ? fresh[0] : nearestName(gone, fresh);
}

function hint(gone: string, now: string): string {
  return `if it is called ${now} now, write @was(${gone}) at ${now}`;
}

function columnsOf(columns: readonly { readonly name: string; readonly type: string }[]): string {
  return columns
    .map(({ name, type }) => `${name}: ${type}`)
    .sort()
    .join(", ");
}
