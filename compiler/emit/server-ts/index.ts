import type { Model, NamespaceModel } from "../../model/model.js";
import { type PublicNamespace, publicModel } from "../../model/public-model.js";
import type { EmittedFile, Target } from "../target.js";
import { emitComponent } from "./component.js";
import { emitEnum, emitError, emitEvent, emitStruct } from "./declarations.js";
import { emitIndex } from "./index-file.js";
import { emitModel } from "./namespace-model.js";
import { emitSchema, emitSession } from "./schema.js";
import { ServerSymbols } from "./symbols.js";
import { emitEndpoint, emitSystem } from "./system.js";
import { emitWire } from "./wire.js";

/** What server code is written against: row classes, contexts, and the schema that `implement` takes. */
export const serverTs: Target = {
  name: "server-ts",
  summary: "TypeScript for the server: row classes, contexts of systems, the schema for the runtime",
  emit(model: Model): readonly EmittedFile[] {
    const symbols = new ServerSymbols(model);
    const visible = publicModel(model);
    return model.namespaces.flatMap((namespace) => emitNamespace(symbols, visible, namespace));
  },
};

function emitNamespace(
  symbols: ServerSymbols,
  visible: readonly PublicNamespace[],
  namespace: NamespaceModel,
): EmittedFile[] {
  return [
    ...namespace.components.map((declared) => emitComponent(symbols, namespace, declared)),
    ...namespace.enums.map((declared) => emitEnum(symbols, namespace, declared)),
    ...namespace.structs.map((declared) => emitStruct(symbols, namespace, declared)),
    ...namespace.errors.map((declared) => emitError(symbols, namespace, declared)),
    ...namespace.events.map((declared) => emitEvent(symbols, namespace, declared)),
    ...namespace.systems.map((declared) => emitSystem(symbols, namespace, declared)),
    ...namespace.endpoints.map((declared) => emitEndpoint(symbols, namespace, declared)),
    ...(namespace.session.length > 0 ? [emitSession(symbols, namespace)] : []),
    emitModel(symbols, namespace),
    emitWire(symbols, visible, namespace),
    emitSchema(symbols, namespace),
    emitIndex(symbols, namespace),
  ];
}
