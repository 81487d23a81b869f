import type { Model } from "../../model/model.js";
import { publicModel } from "../../model/public-model.js";
import { printModule } from "../client-shared/client-module.js";
import { ClientLayout } from "../client-shared/layout.js";
import { describeNamespace } from "../client-shared/namespace-modules.js";
import type { EmittedFile } from "../target.js";

/** The generated half, without what is written by hand. */
export function generatedFiles(model: Model): readonly EmittedFile[] {
  const namespaces = publicModel(model);
  const layout = new ClientLayout(namespaces);
  const modules = namespaces.flatMap((namespace) => describeNamespace(layout, namespace));
  return modules.map((description) => printModule(description, "ts"));
}
