import { presetDictionary } from "../../../runtime/gate/layers/dictionary.js";
import { schema } from "../../fixtures/world/generated/server-ts/world/index.js";

/** The preset dictionary of the fixture. */
export const dictionary: Uint8Array = presetDictionary(schema);
