import type { Schema } from "../schema/schema.js";
import { connectionCodec } from "./connection.js";
import { kickCodec } from "./kick.js";
import { onceCodec } from "./once.js";

/** Tables that the runtime keeps for itself, in the same store as the user's. */
export const coreSchema: Schema = {
  namespace: "core",
  fingerprint: "core-5",
  model: '{"enums":[]}',
  wire: { fingerprint: "", description: [[], [], [], []] },
  components: [onceCodec, connectionCodec, kickCodec],
  tables: [onceCodec, connectionCodec, kickCodec].map(({ name }) => ({
    name,
    component: name,
    suffix: undefined,
    cluster: 0,
    backend: undefined,
  })),
  systems: [],
  endpoints: [],
  errors: [],
  events: [],
  session: [],
  notYet: [],
};
