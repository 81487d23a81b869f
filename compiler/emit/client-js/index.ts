import type { Model } from "../../model/model.js";
import { publicModel } from "../../model/public-model.js";
import { ClientLayout } from "../client-shared/layout.js";
import { bundlePrelude, sdkExports, sdkFiles } from "../client-shared/sdk-files.js";
import type { EmittedFile, Target } from "../target.js";
import { emitBundle } from "./bundle.js";
import { generatedFiles } from "./generated-files.js";

/** The client of client-ts as JavaScript with declarations, and each namespace as a single script. */
export const clientJs: Target = {
  name: "client-js",
  summary: "JavaScript for clients: modules with type declarations, and one script that needs no bundler",
  emit(model: Model): readonly EmittedFile[] {
    const namespaces = publicModel(model);
    const layout = new ClientLayout(namespaces);
    const prelude = bundlePrelude();
    const exported = sdkExports();
    return [
      ...sdkFiles("client-js"),
      ...generatedFiles(model),
      ...namespaces.flatMap((namespace) => emitBundle(layout, namespaces, namespace, prelude, exported)),
    ];
  },
};
