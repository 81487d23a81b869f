import type { Schema } from "../schema/schema.js";
import { connectionCodec } from "./connection.js";
import { kickCodec } from "./kick.js";
import { onceCodec } from "./once.js";
import { scheduleCodec } from "./schedule.js";

const CODECS = [onceCodec, connectionCodec, kickCodec, scheduleCodec];

/** Tables that the runtime keeps for itself, in the same store as the user's. */
export const coreSchema: Schema = {
  namespace: "core",
  fingerprint: "core-6",
  model: '{"enums":[]}',
  wire: { fingerprint: "", description: [[], [], [], []] },
  components: CODECS,
  tables: CODECS.map(({ name }) => ({
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
