import type { Model } from "../../model/model.js";
import { csharpNamespaceName } from "../../model/names/csharp.js";
import { templateFiles } from "../client-shared/sdk-files.js";
import type { EmittedFile, Target } from "../target.js";
import { generatedFiles } from "./generated-files.js";
import { withFittingSamples } from "./samples.js";

/** A typed client for Unity and .NET, as C# source: one package and one assembly. */
export const clientCsharp: Target = {
  name: "client-csharp",
  aliases: ["csharp"],
  summary: "C# for clients in Unity and .NET: typed calls, live queries and events, with the SDK's source",
  emit(model: Model): readonly EmittedFile[] {
    const namespaces = new Set(model.namespaces.map(({ name }) => csharpNamespaceName(name)));
    return [...withFittingSamples(templateFiles("client-csharp"), namespaces), ...generatedFiles(model)];
  },
};
