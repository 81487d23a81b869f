import { docText } from "../../check/doc-text.js";
import * as codes from "../../diagnostics/codes/lint.js";
import type { NamespaceModel } from "../../model/model.js";
import type { SchemaRule } from "../rule.js";

const WRITERS = "those who write clients";

/** What clients see is documented. */
export const missingDoc: SchemaRule = {
  code: codes.missingDoc.code,
  offByDefault: true,
  check({ schema, model, report }) {
    const seen = new Map(model.namespaces.map((namespace) => [namespace.name, namesSeenBy(namespace)]));
    for (const { declaration, namespace } of schema.declarations) {
      const what = WHAT[declaration.kind];
      if (what === undefined || declaration.kind === "SessionDeclaration" || docText(declaration) !== undefined)
        continue;
      const { text: name, span } = declaration.name;
      if (seen.get(namespace.name)?.has(`${what} ${name}`) !== true) continue;
      report(codes.missingDoc, { what, name, who: WRITERS }, span, [`${namespace.name}.${name}`]);
    }
  },
};

const WHAT: Readonly<Record<string, string>> = {
  ComponentDeclaration: "component",
  EventDeclaration: "event",
  SystemDeclaration: "system",
  EndpointDeclaration: "endpoint",
};

function namesSeenBy({ components, events, systems, endpoints }: NamespaceModel): ReadonlySet<string> {
  return new Set([
    ...components.filter(({ access }) => access.readers !== "admin").map(({ name }) => `component ${name}`),
    ...events.map(({ name }) => `event ${name}`),
    ...systems.filter(({ permission }) => permission !== undefined).map(({ name }) => `system ${name}`),
    ...endpoints.filter(({ permission }) => permission !== undefined).map(({ name }) => `endpoint ${name}`),
  ]);
}
