import * as codes from "../../diagnostics/codes/lint.js";
import type { SchemaRule } from "../rule.js";

const MOST_COLUMNS = 24;
const FEWEST_SYSTEMS = 2;
const MOST_SHOWN = 5;

/** No component of very many columns is used by several systems. */
export const godTable: SchemaRule = {
  code: codes.godTable.code,
  check({ schema, model, report }) {
    for (const namespace of model.namespaces) {
      for (const { name, columns } of namespace.components) {
        const systems = namespace.systems.filter(({ uses }) => uses.includes(name)).map((system) => system.name);
        const component = schema.namespaces.get(namespace.name)?.types.get(name);
        if (component === undefined || columns.length <= MOST_COLUMNS || systems.length < FEWEST_SYSTEMS) continue;
        report(
          codes.godTable,
          { component: name, columns: columns.length, limit: MOST_COLUMNS, systems: systems.slice(0, MOST_SHOWN) },
          component.name.span,
          [`${namespace.name}.${name}`],
        );
      }
    }
  },
};
