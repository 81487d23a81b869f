import type { Schema } from "../schema/schema.js";
import { onceCodec } from "./once.js";

/** Tables that the runtime keeps for itself, in the same store as the user's. */
export const coreSchema: Schema = {
  namespace: "core",
  fingerprint: "core-1",
  model: '{"enums":[]}',
  components: [onceCodec],
  tables: [{ name: onceCodec.name, component: onceCodec.name, suffix: undefined }],
  systems: [],
  endpoints: [],
  errors: [],
  events: [],
  session: [],
  notYet: [],
};
