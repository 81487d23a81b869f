import type { Model } from "../../model/model.js";
import type { WireDescription } from "../../model/wire-description.js";
import type { Source } from "../../pipeline.js";

/** One side of a comparison, as it was found. */
export type SchemaSide = {
  /** What messages call it. */
  readonly name: string;
} & (
  | {
      readonly kind: "sources";
      readonly sources: readonly Source[];
      /** The folder that their paths count from; absolute. Of a revision, where it would be if it were checked out. */
      readonly root: string;
    }
  | {
      readonly kind: "model";
      readonly model: Model;
      /** Of the file that it was read from, from the working folder. */
      readonly path?: string;
      /** A running server told it: namespaces that it does not serve are not in it, and say nothing of the schema. */
      readonly isServed?: true;
    }
  /** What a running server tells clients: the public part of one namespace. */
  | { readonly kind: "description"; readonly instance: string; readonly description: WireDescription }
);
