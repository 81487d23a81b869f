import { fitList } from "../print.js";
import { describeCalls } from "./calls.js";
import type { ModuleDescription } from "./client-module.js";
import { describeComponent } from "./component.js";
import { describeEnum, describeError, describeEvent, describeStruct } from "./declarations.js";
import { type ClientLayout, type ClientSymbol, namespaceFolder } from "./layout.js";
import type { PublicNamespace } from "../../model/public-model.js";
import { describeWire } from "./wire.js";

/** All modules of one namespace; each only depends on modules before it, on other namespaces, and on the SDK. */
export function describeNamespace(layout: ClientLayout, namespace: PublicNamespace): readonly ModuleDescription[] {
  return [
    ...describeTypes(layout, namespace),
    ...namespace.errors.map((declared) => describeError(layout, namespace.name, declared)),
    ...namespace.events.map((declared) => describeEvent(layout, namespace.name, declared)),
    ...namespace.components.map((declared) => describeComponent(layout, namespace.name, declared)),
    describeCalls(layout, namespace),
    describeWire(layout, namespace),
    describeConnect(layout, namespace),
    describeIndex(layout, namespace),
  ];
}

/** What other namespaces may use: enums and structs. */
export function describeTypes(layout: ClientLayout, namespace: PublicNamespace): readonly ModuleDescription[] {
  return [
    ...namespace.enums.map((declared) => describeEnum(layout, namespace.name, declared)),
    ...namespace.structs.map((declared) => describeStruct(layout, namespace.name, declared)),
  ];
}

/** Values and types that the application imports, beside those of the SDK. */
export function exportsOf(
  layout: ClientLayout,
  namespace: PublicNamespace,
): { readonly values: readonly ClientSymbol[]; readonly types: readonly ClientSymbol[] } {
  const valueKinds = ["enums", "errors", "events", "components"] as const;
  const connect = connectSymbol(namespace, "connect");
  return {
    values: [
      connect,
      ...valueKinds.flatMap((kind) => namespace[kind].map(({ name }) => layout.declared(namespace.name, kind, name))),
    ],
    types: [
      connectSymbol(namespace, "Client"),
      layout.calls(namespace.name, "Calls"),
      ...namespace.structs.map(({ name }) => layout.declared(namespace.name, "structs", name)),
    ],
  };
}

function describeConnect(layout: ClientLayout, namespace: PublicNamespace): ModuleDescription {
  const { module: path } = connectSymbol(namespace, "connect");
  return {
    path,
    namespace: namespace.name,
    declares: ["Client", "connect", "$namespace"],
    build(module) {
      const calls = module.type(layout.calls(namespace.name, "Calls"));
      const callables = module.value(layout.calls(namespace.name, "$callables"));
      const errors = namespace.errors.map(({ name }) => module.value(layout.internal(namespace.name, "errors", name)));
      module.types(
        `/** A session with a server of ${namespace.name}. */`,
        `export type Client = ${module.$type}.Client<${calls}>;`,
      );
      module.constant("$namespace", `${module.$type}.NamespaceSpec`, [
        "{",
        `  name: ${JSON.stringify(namespace.name)},`,
        `  wire: ${module.value(layout.wire(namespace.name))},`,
        `  callables: ${callables},`,
        ...fitList("errors: [", errors, "],", "  "),
        "};",
      ]);
      module.function(
        "connect",
        [
          ["url", "string"],
          ["options", `${module.$type}.ConnectOptions<${calls}>`, "{}"],
        ],
        "Client",
        [`  return new ${module.$}.Client(url, $namespace, options);`],
        {
          doc: [
            `Starts a session with a server of ${namespace.name} and returns at once.`,
            "",
            "@param url `ws://` or `wss://`, with the path `/hetu/<instance>`.",
            "@throws RangeError when an option makes no sense.",
          ].join("\n"),
        },
      );
    },
  };
}

function describeIndex(layout: ClientLayout, namespace: PublicNamespace): ModuleDescription {
  const { values, types } = exportsOf(layout, namespace);
  return {
    path: `${namespaceFolder(namespace.name)}/index`,
    namespace: namespace.name,
    declares: [],
    build(module) {
      // Names of the schema win over those of the SDK.
      module.reExportAll("sdk/index");
      for (const symbol of values) module.reExport(symbol, "value");
      for (const symbol of types) module.reExport(symbol, "type");
    },
  };
}

function connectSymbol(namespace: PublicNamespace, name: "connect" | "Client"): ClientSymbol {
  return { name, module: `${namespaceFolder(namespace.name)}/connect`, namespace: namespace.name };
}
