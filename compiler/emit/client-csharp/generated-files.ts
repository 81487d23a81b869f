import type { Model } from "../../model/model.js";
import { publicModel, type PublicNamespace } from "../../model/public-model.js";
import { namespaceWire } from "../../model/wire-description.js";
import type { EmittedFile } from "../target.js";
import { emitBootstrap, emitClient } from "./client.js";
import { emitComponent } from "./component.js";
import { emitEnum } from "./enum.js";
import { emitError } from "./error.js";
import { CsharpLayout } from "./layout.js";
import { emitSchema } from "./schema.js";
import { emitEvent, emitStruct } from "./struct.js";
import { emitSystems } from "./systems.js";

/** The generated half, without what is written by hand. */
export function generatedFiles(model: Model): readonly EmittedFile[] {
  const namespaces = publicModel(model);
  const layout = new CsharpLayout(namespaces);
  return namespaces.flatMap((namespace) => emitNamespace(layout, namespaces, namespace));
}

function emitNamespace(
  layout: CsharpLayout,
  namespaces: readonly PublicNamespace[],
  namespace: PublicNamespace,
): readonly EmittedFile[] {
  const { name } = namespace;
  return [
    ...namespace.enums.map((declared) => emitEnum(layout, name, declared)),
    ...namespace.structs.map((declared) => emitStruct(layout, name, declared)),
    ...namespace.components.map((declared, number) => emitComponent(layout, name, declared, number)),
    ...namespace.errors.map((declared) => emitError(layout, name, declared)),
    ...namespace.events.map((declared) => emitEvent(layout, name, declared)),
    emitSystems(layout, namespace),
    emitBootstrap(layout, namespace),
    emitClient(layout, namespace),
    emitSchema(layout, namespace, namespaceWire(namespaces, namespace)),
  ];
}
