import * as codes from "../../diagnostics/codes/lint.js";
import { typescriptTypeName } from "../../model/names/typescript.js";
import type { ServerRule } from "../rule.js";

/** What a system uses is touched by its code, or by the functions that get its `ctx`. */
export const unneededUse: ServerRule = {
  code: codes.unneededUse.code,
  check({ schema, report }, { systems }) {
    for (const { namespace, system, use } of systems) {
      if (!use.complete) continue;
      const declaration = schema.namespaces.get(namespace.name)?.callables.get(system.name);
      for (const item of declaration?.uses?.items ?? []) {
        const component = item.name.text;
        const property = typescriptTypeName(component);
        if (use.touched.has(property)) continue;
        report(codes.unneededUse, { system: system.name, component, property }, item.span, [
          `${namespace.name}.${system.name}`,
        ]);
      }
    }
  },
};
