import type { PublicNamespace } from "../../model/public-model.js";
import { namespaceWire } from "../../model/wire-description.js";
import type { ModuleDescription } from "./client-module.js";
import type { ClientLayout } from "./layout.js";

/** `wire`: what hetu.2 numbers, and its fingerprint. */
export function describeWire(layout: ClientLayout, namespace: PublicNamespace): ModuleDescription {
  const { name, module: path } = layout.wire(namespace.name);
  const { fingerprint, description } = namespaceWire(layout.namespaces, namespace);
  return {
    path,
    namespace: namespace.name,
    declares: [name],
    build(module) {
      module.constant(name, `${module.$type}.NamespaceWire`, [
        "{",
        `  fingerprint: ${JSON.stringify(fingerprint)},`,
        "  description: [",
        ...description.flatMap((part) => [
          "    [",
          ...part.map((described: unknown) => `      ${JSON.stringify(described)},`),
          "    ],",
        ]),
        "  ],",
        "};",
      ]);
    },
  };
}
