import type { Model } from "../../model/model.js";
import { printModule } from "../client-shared/client-module.js";
import { ClientLayout } from "../client-shared/layout.js";
import { describeNamespace } from "../client-shared/namespace-modules.js";
import { publicModel } from "../../model/public-model.js";
import { bundlePrelude, sdkExports, sdkFiles } from "../client-shared/sdk-files.js";
import type { EmittedFile, Target } from "../target.js";
import { emitBundle } from "./bundle.js";

/** The client of client-ts as JavaScript with declarations, and each namespace as a single script. */
export const clientJs: Target = {
  name: "client-js",
  summary: "JavaScript for clients: modules with type declarations, and one script that needs no bundler",
  emit(model: Model): readonly EmittedFile[] {
    const namespaces = publicModel(model);
    const layout = new ClientLayout(namespaces);
    const modules = namespaces.flatMap((namespace) => describeNamespace(layout, namespace));
    const prelude = bundlePrelude();
    const exported = sdkExports();
    return [
      ...sdkFiles("client-js"),
      ...modules.flatMap((description) => [printModule(description, "js"), printModule(description, "d.ts")]),
      ...namespaces.flatMap((namespace) => emitBundle(layout, namespaces, namespace, prelude, exported)),
    ];
  },
};
