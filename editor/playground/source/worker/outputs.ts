import { generatedFiles as csharpFiles } from "../../../../compiler/emit/client-csharp/generated-files.js";
import { generatedFiles as clientJsFiles } from "../../../../compiler/emit/client-js/generated-files.js";
import { generatedFiles as clientTsFiles } from "../../../../compiler/emit/client-ts/generated-files.js";
import { schemaJson } from "../../../../compiler/emit/schema-json/index.js";
import { serverTs } from "../../../../compiler/emit/server-ts/index.js";
import type { EmittedFile } from "../../../../compiler/emit/target.js";
import type { Model } from "../../../../compiler/model/model.js";

/** What a schema becomes, by the target's name: only what depends on the schema, without the SDK's own files. */
export const outputs = {
  "server-ts": (model) => serverTs.emit(model),
  "client-ts": clientTsFiles,
  "client-js": clientJsFiles,
  "client-csharp": csharpFiles,
  "schema.json": (model) => schemaJson.emit(model).map(({ content }) => ({ path: "schema.json", content })),
} as const satisfies Readonly<Record<string, (model: Model) => readonly EmittedFile[]>>;

export type OutputName = keyof typeof outputs;
