import type { NamespaceModel } from "../../model/model.js";
import type { PublicNamespace } from "../../model/public-model.js";
import { namespaceWire } from "../../model/wire-description.js";
import { fitArray } from "../print.js";
import type { EmittedFile } from "../target.js";
import type { ServerSymbols } from "./symbols.js";
import { CODEGEN, namespaceFolder } from "./symbols.js";

/** `wire.ts`: what hetu.2 numbers. */
export function emitWire(
  symbols: ServerSymbols,
  namespaces: readonly PublicNamespace[],
  namespace: NamespaceModel,
): EmittedFile {
  const visible = namespaces.find(({ name }) => name === namespace.name);
  if (visible === undefined) throw new Error(`the public model has no namespace ${namespace.name}`);
  const { fingerprint, description } = namespaceWire(namespaces, visible);
  const file = symbols.file(`${namespaceFolder(namespace.name)}/wire.ts`, ["wire"]);
  file.print(
    "/** What hetu.2 numbers, in the order of the numbers: components, callables, errors, events. */",
    `export const wire: ${file.type(CODEGEN)}.NamespaceWire = {`,
    `  fingerprint: ${JSON.stringify(fingerprint)},`,
    fitArray("description: ", description, ",", "  "),
    "};",
  );
  return file.toFile();
}
