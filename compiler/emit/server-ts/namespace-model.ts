import type { NamespaceModel } from "../../model/model.js";
import type { EmittedFile } from "../target.js";
import { namespaceFolder } from "./symbols.js";
import type { ServerSymbols } from "./symbols.js";

/** `model.ts`: the namespace's model as JSON text, one declaration a line so that differences can be read. */
export function emitModel(symbols: ServerSymbols, namespace: NamespaceModel): EmittedFile {
  const file = symbols.file(`${namespaceFolder(namespace.name)}/model.ts`, ["model"]);
  file.print(
    "/** The model of the namespace; stored beside the data, so that a later schema knows what it finds. */",
    `export const model = \`${templateText(jsonByDeclaration(namespace))}\`;`,
  );
  return file.toFile();
}

function jsonByDeclaration(namespace: NamespaceModel): string {
  const members = Object.entries(namespace).map(([key, value]: [string, unknown]) => {
    const name = JSON.stringify(key);
    if (!Array.isArray(value) || value.length === 0) return `${name}:${JSON.stringify(value)}`;
    return `${name}:[\n${value.map((entry: unknown) => JSON.stringify(entry)).join(",\n")}\n]`;
  });
  return `{\n${members.join(",\n")}\n}`;
}

/** Escapes what a template literal would take for itself. */
function templateText(text: string): string {
  return text.replace(/[`\\]|\$\{/g, "\\$&");
}
