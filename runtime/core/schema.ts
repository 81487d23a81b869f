import type { Schema } from "../schema/schema.js";
import { connectionCodec } from "./connection.js";
import { onceCodec } from "./once.js";

/** Tables that the runtime keeps for itself, in the same store as the user's. */
export const coreSchema: Schema = {
  namespace: "core",
  fingerprint: "core-2",
  model: '{"enums":[]}',
  wire: { fingerprint: "", description: [[], [], [], []] },
  components: [onceCodec, connectionCodec],
  tables: [onceCodec, connectionCodec].map(({ name }) => ({
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
