import type { NamespaceModel } from "../../model/model.js";
import { typescriptContextName, typescriptTypeName } from "../../model/names/typescript.js";
import { relativeModule } from "../generated-file.js";
import type { EmittedFile } from "../target.js";
import { namespaceFolder } from "./symbols.js";
import type { ServerSymbols } from "./symbols.js";

/** `index.ts`: all that the code of a server imports. */
export function emitIndex(symbols: ServerSymbols, namespace: NamespaceModel): EmittedFile {
  const path = `${namespaceFolder(namespace.name)}/index.ts`;
  const file = symbols.file(path, []);
  const line = (keyword: string, name: string, module: string): string =>
    `${keyword} { ${name} } from "${relativeModule(path, module)}";`;
  const declared = (["components", "enums", "structs", "errors", "events"] as const).flatMap((kind) =>
    namespace[kind].map(({ name }) => {
      const keyword = kind === "structs" ? "export type" : "export";
      return line(keyword, typescriptTypeName(name), symbols.path(namespace.name, kind, name));
    }),
  );
  const contexts = [...namespace.systems, ...namespace.endpoints].map(({ name }) =>
    line("export type", typescriptContextName(name), symbols.path(namespace.name, "systems", name)),
  );
  file.print(
    'export { schema } from "./schema.js";',
    'export type { Systems } from "./schema.js";',
    namespace.session.length > 0 ? ['export type { Session } from "./session.js";'] : [],
    declared,
    contexts,
  );
  return file.toFile();
}
