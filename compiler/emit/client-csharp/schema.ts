import type { PublicNamespace } from "../../model/public-model.js";
import type { NamespaceWire } from "../../model/wire-description.js";
import type { EmittedFile } from "../target.js";
import { CsharpFile, sdk } from "./csharp-file.js";
import { array, describeWire } from "./description.js";
import type { CsharpLayout } from "./layout.js";
import { block, call, indent, separated, textLiteral, type Lines } from "./print.js";
import { KEY_VALUE_PAIR, TYPE } from "./symbols.js";
import { callableField } from "./systems.js";
import { xmlDoc } from "./xml-doc.js";

/** `WalkingSchema.cs`: everything that the SDK knows of the namespace. */
export function emitSchema(layout: CsharpLayout, namespace: PublicNamespace, wire: NamespaceWire): EmittedFile {
  const { name } = layout.class(namespace.name, "Schema");
  const file = new CsharpFile(layout.file(namespace.name, "Schema"), layout.scope(namespace.name), {
    members: ["Instance", "Describe"],
  });
  const schema = file.type(sdk("Schema"));
  return file.toFile([
    ...xmlDoc({ doc: `What the SDK knows of the namespace \`${namespace.name}\`.` }),
    ...block(
      `public static class ${name}`,
      separated([
        [
          "/// <summary>For a client that is made without the generated class.</summary>",
          `public static ${schema} Instance { get; } =`,
          ...indent(call(`new ${schema}`, schemaArguments(file, layout, namespace, wire.fingerprint), ";")),
        ],
        [`private static ${file.type(sdk("WireDescription"))} Describe() =>`, ...indent(describeWire(file, wire))],
      ]),
    ),
  ]);
}

function schemaArguments(
  file: CsharpFile,
  layout: CsharpLayout,
  namespace: PublicNamespace,
  fingerprint: string,
): Lines[] {
  const schema = file.type(sdk("Schema"));
  const reader = file.type(sdk("MessagePackReader"));
  const systems = file.type(layout.class(namespace.name, "Systems"));
  const typeOf = (kind: "errors" | "events", name: string): string =>
    file.type(layout.declared(namespace.name, kind, name));
  const pair = file.type(KEY_VALUE_PAIR, file.type(TYPE), file.type(sdk("ComponentType")));
  const components = namespace.components.map(({ name }) => [
    `${schema}.Row(${file.value(layout.declared(namespace.name, "components", name))}.WireCodec.Instance)`,
  ]);
  const callables = namespace.callables.map(({ name }) => [`${systems}.Callables.${callableField(name)}`]);
  const errors = namespace.errors.map(({ name }, at) =>
    call(`new ${file.type(sdk("ErrorSpec"))}`, [
      [textLiteral(name)],
      [`${at}`],
      [
        `(string system, ref ${reader} fields) =>`,
        `    new ${typeOf("errors", name)}.WireCodec(system).Read(ref fields)`,
      ],
    ]),
  );
  const events = namespace.events.map(({ name }, at) => {
    const spec = file.type(sdk("EventSpec"), typeOf("events", name));
    const codec = `${file.value(layout.declared(namespace.name, "events", name))}.WireCodec.Instance`;
    return [`new ${spec}(${textLiteral(name)}, ${at}, ${codec}.Read)`];
  });
  return [
    [textLiteral(namespace.name)],
    [textLiteral(fingerprint)],
    ["Describe()"],
    array(file, pair, components),
    array(file, file.type(sdk("Callable")), callables),
    array(file, file.type(sdk("ErrorSpec")), errors),
    array(file, file.type(sdk("EventSpec")), events),
  ];
}
