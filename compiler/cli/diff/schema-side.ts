import type { Model } from "../../model/model.js";
import type { WireDescription } from "../../model/wire-description.js";
import type { Source } from "../../pipeline.js";

/** One side of a comparison, as it was found. */
export type SchemaSide = {
  /** What messages call it. */
  readonly name: string;
} & (
  | { readonly kind: "sources"; readonly sources: readonly Source[] }
  | { readonly kind: "model"; readonly model: Model }
  /** What a running server tells clients: the public part of one namespace. */
  | { readonly kind: "description"; readonly instance: string; readonly description: WireDescription }
);
