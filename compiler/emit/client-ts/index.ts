import type { Model } from "../../model/model.js";
import { printModule } from "../client-shared/client-module.js";
import { ClientLayout } from "../client-shared/layout.js";
import { describeNamespace } from "../client-shared/namespace-modules.js";
import { publicModel } from "../../model/public-model.js";
import { sdkFiles } from "../client-shared/sdk-files.js";
import type { EmittedFile, Target } from "../target.js";

/** A typed client for browsers, workers and Node, as TypeScript source. */
export const clientTs: Target = {
  name: "client-ts",
  summary: "TypeScript for clients: typed calls, live queries and events, with the SDK's source",
  emit(model: Model): readonly EmittedFile[] {
    const namespaces = publicModel(model);
    const layout = new ClientLayout(namespaces);
    const modules = namespaces.flatMap((namespace) => describeNamespace(layout, namespace));
    return [...sdkFiles("client-ts"), ...modules.map((description) => printModule(description, "ts"))];
  },
};
