import type { Model } from "../../model/model.js";
import type { EmittedFile, Target } from "../target.js";

/** The model itself, for tools in any language. */
export const schemaJson: Target = {
  name: "schema.json",
  summary: "The checked schema as JSON, for tools of your own",
  emit(model: Model): readonly EmittedFile[] {
    return [{ path: ".", content: `${JSON.stringify(model, undefined, 2)}\n` }];
  },
};
