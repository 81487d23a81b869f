import * as codes from "../../diagnostics/codes/lint.js";
import { clustersOf } from "../../graph/clusters.js";
import type { SchemaRule } from "../rule.js";

const FEWEST_SYSTEMS = 10;
const FEWEST_GROUPS = 5;
const MOST_SHOWN = 6;

/**
 * No component that many systems use is all that many groups of them share. Where two of the groups have several systems,
 * glueComponents of `hetuc check` has said so.
 */
export const hubComponent: SchemaRule = {
  code: codes.hubComponent.code,
  check({ schema, model, report }) {
    for (const namespace of model.namespaces) {
      for (const { tables, joints } of clustersOf(namespace)) {
        for (const { table, groups } of joints) {
          const systems = tables.find(({ name }) => name === table)?.systems.length ?? 0;
          const isGlue = groups.filter((group) => group.length > 1).length > 1;
          const component = schema.namespaces.get(namespace.name)?.types.get(table);
          if (component === undefined || isGlue || systems < FEWEST_SYSTEMS || groups.length < FEWEST_GROUPS) continue;
          const shown = groups.slice(0, MOST_SHOWN).map(([first]) => first ?? "");
          report(
            codes.hubComponent,
            { component: table, systems, groups: shown, more: groups.length - shown.length },
            component.name.span,
            [`${namespace.name}.${table}`],
          );
        }
      }
    }
  },
};
