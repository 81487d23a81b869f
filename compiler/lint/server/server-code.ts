import type { Node } from "ts-morph";
import type { NamespaceModel, SystemModel } from "../../model/model.js";
import type { SourceFile } from "../../source/source-file.js";
import type { Span } from "../../source/span.js";
import type { ContextUse } from "./context-use.js";
import type { FunctionNode } from "./functions.js";
import type { Step } from "./reach.js";

/** A system with a function that implements it; several instances may have one each. */
export interface SystemCode {
  readonly namespace: NamespaceModel;
  readonly system: SystemModel;
  readonly body: FunctionNode;
  /** All names in its code and in that of the functions of the project that it runs: of columns, too. */
  readonly names: () => ReadonlySet<string>;
  /** What it may do before its commit. */
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
  /** All names in its files. */
  readonly names: () => ReadonlySet<string>;
}

/**
 * Whether conflicts can make a system run again: when it reads or writes rows, those of its connection and of `@once`
 * among them. That holds for `@stale` systems, too: only a store of several processes reads a state of the past for them.
 */
export function mayRunAgain({ system, use }: SystemCode): boolean {
  const touchesConnection = use.touched.has("elevate") || use.touched.has("session");
  return system.cluster !== undefined || system.once === true || touchesConnection || use.escapes.length > 0;
}

/** Whether `ctx.commit` is for a system: it is refused where another one has called it, and to `@once` and `@stale`. */
export function mayCommit({ namespace, system }: SystemCode): boolean {
  return (
    system.once !== true &&
    system.staleMs === undefined &&
    !namespace.systems.some(({ calls }) => calls.some((each) => each.system === system.name))
  );
}
