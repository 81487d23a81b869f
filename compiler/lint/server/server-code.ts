import type { Node } from "ts-morph";
import type { NamespaceModel, SystemModel } from "../../model/model.js";
import type { SourceFile } from "../../source/source-file.js";
import type { Span } from "../../source/span.js";
import type { ContextUse } from "./context-use.js";
import type { FunctionNode } from "./functions.js";
import type { Step } from "./reach.js";

/** A system with the function that implements it. */
export interface SystemCode {
  readonly namespace: NamespaceModel;
  readonly system: SystemModel;
  readonly body: FunctionNode;
  /** What it may call or await before its commit. */
  readonly steps: readonly Step[];
  /** What it does with `ctx`. */
  readonly use: ContextUse;
}

/** The code of the systems, as far as it can be found. */
export interface ServerCode {
  readonly systems: readonly SystemCode[];
  /** The project's own files that the entries reach; generated ones are not among them. */
  readonly files: readonly SourceFile[];
  readonly spanOf: (node: Node) => Span;
}
