import type { Model } from "../../model/model.js";
import { sdkFiles } from "../client-shared/sdk-files.js";
import type { EmittedFile, Target } from "../target.js";
import { generatedFiles } from "./generated-files.js";

/** A typed client for browsers, workers and Node, as TypeScript source. */
export const clientTs: Target = {
  name: "client-ts",
  summary: "TypeScript for clients: typed calls, live queries and events, with the SDK's source",
  emit(model: Model): readonly EmittedFile[] {
    return [...sdkFiles("client-ts"), ...generatedFiles(model)];
  },
};
