import * as codes from "../../diagnostics/codes/lint.js";
import type { ComponentModel, NamespaceModel } from "../../model/model.js";
import { typescriptMemberName } from "../../model/names/typescript.js";
import type { SchemaRule } from "../rule.js";
import type { ServerCode } from "../server/server-code.js";

const MOST_COLUMNS = 24;
const FEWEST_SYSTEMS = 2;
const MOST_SHOWN = 5;
/** So many columns that begin with the same word are taken for a component of their own. */
const FEWEST_ALIKE = 3;

/** No component of very many columns is used by several systems. */
export const godTable: SchemaRule = {
  code: codes.godTable.code,
  check({ schema, model, report }, server) {
    for (const namespace of model.namespaces) {
      for (const component of namespace.components) {
        const { name, columns } = component;
        if (columns.length <= MOST_COLUMNS) continue;
        const systems = namespace.systems.filter(({ uses }) => uses.includes(name)).map((system) => system.name);
        const declaration = schema.namespaces.get(namespace.name)?.types.get(name);
        if (declaration === undefined || systems.length < FEWEST_SYSTEMS) continue;
        report(
          codes.godTable,
          {
            component: name,
            columns: columns.length,
            limit: MOST_COLUMNS,
            systems: systems.slice(0, MOST_SHOWN),
            unread: server === undefined ? [] : columnsThatNobodyNames(component, server),
            parts:
              (server === undefined ? undefined : partsByCode(namespace, component, server)) ?? partsByWord(component),
          },
          declaration.name.span,
          [`${namespace.name}.${name}`],
        );
      }
    }
  },
};

/** Neither the code nor an index nor a rule of visibility. */
function columnsThatNobodyNames({ columns, indexes, access }: ComponentModel, server: ServerCode): readonly string[] {
  const names = server.names();
  const needed = new Set([...indexes.flatMap((index) => index.columns), ...access.rules.map(({ column }) => column)]);
  return columns.map(({ name }) => name).filter((name) => !needed.has(name) && !names.has(typescriptMemberName(name)));
}

/** The columns that only one system names, by system; `undefined` when no system has a few to itself. */
function partsByCode(
  namespace: NamespaceModel,
  { name, columns }: ComponentModel,
  server: ServerCode,
): readonly codes.ColumnGroup[] | undefined {
  const using = namespace.systems.filter(({ uses }) => uses.includes(name));
  const code = server.systems.filter(({ system }) => using.includes(system));
  // Whose code was not found may name any of them.
  if (using.some((system) => !code.some((each) => each.system === system))) return undefined;
  const users = new Map<string, Set<string>>(columns.map((column) => [column.name, new Set()]));
  for (const { system, names } of code) {
    const named = names();
    for (const [column, systems] of users) if (named.has(typescriptMemberName(column))) systems.add(system.name);
  }
  const alone = [...users].filter(([, systems]) => systems.size === 1);
  const groups = groupsOf(alone.map(([column, systems]) => [[...systems].join(""), column]));
  return groups.length === 0
    ? undefined
    : groups.map(([system, own]) => ({ by: "system", name: system, columns: own }));
}

/** The columns that begin with the same word: `quest_id`, `quest_step`, `quest_state`. */
function partsByWord({ columns }: ComponentModel): readonly codes.ColumnGroup[] {
  const words = columns.filter(({ name }) => name.includes("_")).map(({ name }) => [name.split("_")[0] ?? "", name]);
  return groupsOf(words).map(([word, own]) => ({ by: "word", name: word, columns: own }));
}

/** @param pairs of a key and a column. */
function groupsOf(pairs: readonly (readonly string[])[]): readonly [string, readonly string[]][] {
  const groups = new Map<string, string[]>();
  for (const [key = "", column = ""] of pairs) groups.set(key, [...(groups.get(key) ?? []), column]);
  return [...groups].filter(([, { length }]) => length >= FEWEST_ALIKE && length <= MOST_COLUMNS);
}
