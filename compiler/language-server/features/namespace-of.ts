import type { CheckContext } from "../../check/context.js";
import type { Namespace } from "../../check/project.js";
import type { SchemaFile } from "../../syntax/tree.js";

const known = new WeakMap<CheckContext, ReadonlyMap<SchemaFile, Namespace>>();

/** The namespace that the declarations of a file are in; `undefined` for a file of another snapshot. */
export function namespaceOf(tree: SchemaFile, context: CheckContext): Namespace | undefined {
  let byFile = known.get(context);
  if (byFile === undefined) {
    const namespaces = [...context.namespaces.values()];
    byFile = new Map(namespaces.flatMap((namespace) => namespace.files.map((file) => [file, namespace] as const)));
    known.set(context, byFile);
  }
  return byFile.get(tree);
}
