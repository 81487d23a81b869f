import type { Model, NamespaceModel } from "../../../compiler/model/model.js";
import { compileSources } from "../../../compiler/pipeline.js";

/** The model of some files; a text that does not start with `namespace` is given `namespace shop`. */
export function compiled(...texts: readonly string[]): Model {
  const sources = texts.map((text, index) => ({
    path: `file${index}.hetu`,
    text: text.startsWith("namespace") ? text : `namespace shop\n${text}`,
  }));
  const { model, diagnostics } = compileSources(sources);
  if (model === undefined) throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join("\n"));
  return model;
}

/** The only namespace of some files. */
export function namespaceOf(...texts: readonly string[]): NamespaceModel {
  const [namespace] = compiled(...texts).namespaces;
  if (namespace === undefined) throw new Error("no namespace");
  return namespace;
}
