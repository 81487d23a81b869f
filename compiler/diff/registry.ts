import type { ChangeRow, RowInfo } from "./row.js";
import { rowInfo } from "./row.js";
import { effects } from "./change.js";
import { changeKinds } from "./change-kind.js";
import * as access from "./rows/access.js";
import * as callables from "./rows/callables.js";
import * as columns from "./rows/columns.js";
import * as components from "./rows/components.js";
import * as enums from "./rows/enums.js";
import * as indexes from "./rows/indexes.js";
import * as messages from "./rows/messages.js";
import * as namespaces from "./rows/namespaces.js";
import * as structs from "./rows/structs.js";

const OTHERWISE = "otherwise";

/** One module of rows by area; each of its exports is one row. */
const areas: readonly Readonly<Record<string, ChangeRow<never>>>[] = [
  namespaces,
  components,
  access,
  columns,
  indexes,
  enums,
  structs,
  messages,
  callables,
];

/** Every row of the table, in the order of its kinds; of several of one kind, the harmless one first, `otherwise` last. */
export const allRows: readonly RowInfo[] = areas
  .flatMap((area) => Object.values(area).map(rowInfo))
  .sort((a, b) => changeKinds.indexOf(a.kind) - changeKinds.indexOf(b.kind) || harm(a) - harm(b) || byName(a, b));

/** `column-added` or `column-added, with a default`: what a row is called where one is meant. */
export function rowName({ kind, when }: Pick<RowInfo, "kind" | "when">): string {
  return when === undefined ? kind : `${kind}, ${when}`;
}

function byName({ when: a = "" }: RowInfo, { when: b = "" }: RowInfo): number {
  return Number(a === OTHERWISE) - Number(b === OTHERWISE) || (a < b ? -1 : 1);
}

function harm(row: RowInfo): number {
  return Math.max(...row.effects.map((effect) => effects.indexOf(effect))) * effects.length + row.effects.length;
}
